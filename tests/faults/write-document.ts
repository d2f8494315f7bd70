import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import type { FaultReport } from './fault-report';
import { kinds } from './kinds';

const DOCUMENT = join(__dirname, '../../docs/reliability.md');

/** What stands between these is written by `npm run faults -- --write`, and by nobody else. */
const BEGIN = '<!-- faults: begin -->';
const END = '<!-- faults: end -->';

const COLUMNS = ['kind of fault', 'points tried', 'recovered', 'invariants broken', 'logins', 'failed'];

type Sums = Pick<FaultReport, 'points' | 'recovered' | 'logins'>;

/** Table and words as Markdown, with the command that repeats them. */
function documentText(report: FaultReport): string {
  const told = kinds.flatMap(({ name, about }) => {
    const row = report.byKind[name];
    return row === undefined ? [] : [{ name, about, row }];
  });
  const cells = (name: string, { points, recovered, logins }: Sums, broken: number) =>
    [name, points, recovered, broken, logins.tried, logins.failed].join(' | ');
  const rows = told.map(({ name, row }) => cells(`\`${name}\``, row, row.broken));
  const total = cells('together', report, report.broken.length);
  const table = [COLUMNS.join(' | '), '--- | ---: | ---: | ---: | ---: | ---:', ...rows, total];
  const words = told.map(({ name, about, row: { counts } }) => {
    const figures = Object.entries(counts).map(([count, value]) => `${count}: ${value}`);
    return `- \`${name}\`: ${about}.${figures.length === 0 ? '' : ` (${figures.join('; ')})`}`;
  });
  const command = `\`npm run faults -- --seed ${report.seed}\`:`;
  return [command, '', ...table.map((line) => `| ${line} |`), '', ...words].join('\n');
}

export async function writeDocument(report: FaultReport): Promise<void> {
  const text = await readFile(DOCUMENT, 'utf8');
  const [before, rest] = text.split(BEGIN);
  const [, after] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined)
    throw new Error(`${DOCUMENT}: expected ${BEGIN} and ${END}`);
  const written = `${before}${BEGIN}\n\n${documentText(report)}\n\n${END}${after}`;
  await writeFile(
    DOCUMENT,
    await format(written, { parser: 'markdown', printWidth: 120, proseWrap: 'always' }),
  );
}
