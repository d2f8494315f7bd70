import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kinds } from '../../faults/kinds';

const text = readFileSync(join(__dirname, '../../../docs/reliability.md'), 'utf8');
const table = text.split('<!-- faults: begin -->')[1]?.split('<!-- faults: end -->')[0] ?? '';

/** The cells of each kind's row. */
const rows = table
  .split('\n')
  .filter((line) => /^\| `/.test(line))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

/** Of each kind, in the list below the table; lines are broken anywhere. */
const words = table
  .split(/^- /m)
  .slice(1)
  .map((text) => text.replace(/\s+/g, ' ').trim());

describe('docs/reliability.md', () => {
  it('has a row and a sentence for every kind of fault, with the words of the code', () => {
    const names = kinds.map(({ name }) => `\`${name}\``);
    expect(rows.map(([name]) => name)).toEqual(names);
    const sentences = kinds.map(({ name, about }) => `\`${name}\`: ${about}.`);
    expect(words.map((text, index) => text.slice(0, sentences[index]?.length))).toEqual(sentences);
  });

  it('reports a run in which nothing was broken, and says how to repeat it', () => {
    expect(rows.filter(([, points, recovered, broken]) => points !== recovered || broken !== '0')).toEqual(
      [],
    );
    expect(rows.filter(([, points]) => Number(points) === 0)).toEqual([]);
    expect(table).toMatch(/`npm run faults -- --seed \d+`/);
  });
});
