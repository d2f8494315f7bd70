import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MOTO_DIFFERENCES } from './moto-differences';
import { byRuleId, filesByRule, titlesByRule } from './rules';

interface Row {
  id: string;
  fact: string;
  heldBy: string;
}

const document = readFileSync(join(__dirname, '../../docs/contract.md'), 'utf8');

const rows: Row[] = document
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, id = '']) => /^[SF]\d+$/.test(id))
  .map(([, id = '', fact = '', heldBy = '']) => ({ id, fact, heldBy }));

/** The test files that a row names, in code quotes. */
const filesIn = ({ heldBy }: Row): string[] =>
  [...heldBy.matchAll(/`([a-z-]+\/[a-z-]+)`/g)].map(([, file = '']) => file).toSorted();

describe('docs/contract.md', () => {
  const held = filesByRule();

  it('lists every rule once, in order', () => {
    const ids = [
      ...Array.from({ length: 12 }, (_, index) => `S${index + 1}`),
      ...Array.from({ length: 9 }, (_, index) => `F${index + 1}`),
    ];
    expect(rows.map(({ id }) => id)).toEqual(ids);
    expect([...held.keys()].filter((id) => !ids.includes(id)).toSorted(byRuleId)).toEqual([]);
  });

  it.each(rows)('names for $id the test files whose titles name it', (row) => {
    expect(filesIn(row)).toEqual((held.get(row.id) ?? []).toSorted());
  });

  it('says why a rule is not held by any test', () => {
    expect(rows.filter((row) => !held.has(row.id) && row.heldBy.length < 20)).toEqual([]);
  });

  it('knows the rules that moto breaks', () => {
    const broken = MOTO_DIFFERENCES.map(({ rule }) => rule).filter((rule) => rule !== '-');
    expect(broken.filter((rule) => !held.has(rule))).toEqual([]);
  });

  it('names every test by its title, below the table', () => {
    const listed = document.split('\n').flatMap((line) => /^- (.+)$/.exec(line)?.[1] ?? []);
    const titles = [...new Set([...titlesByRule()].flatMap(([, lines]) => lines))];
    expect(listed.map((line) => line.replaceAll('`', '')).toSorted()).toEqual(
      titles.map((line) => line.replaceAll('`', '')).toSorted(),
    );
  });
});
