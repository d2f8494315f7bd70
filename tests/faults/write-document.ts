import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import type { FaultReport } from './fault-report';
import { kinds } from './kinds';

const DOCUMENT = join(__dirname, '../../docs/reliability.md');

/** What stands between these is written by `npm run faults -- --write`, and by nobody else. */
const BEGIN = '<!-- faults: begin -->';
const END = '<!-- faults: end -->';

const COLUMNS = [
  'kind of fault',
  'what is done, and what must hold',
  'points',
  'recovered',
  'broken',
  'logins, failed',
];

/** The table as Markdown, with the command that repeats it. */
export function documentTable(report: FaultReport): string {
  const rows = kinds.flatMap(({ name, about }) => {
    const row = report.byKind[name];
    if (row === undefined) return [];
    const counts = Object.entries(row.counts).map(([count, value]) => `${count}: ${value}`);
    const text = [about, ...counts].join(' · ');
    return [
      [
        `\`${name}\``,
        text,
        row.points,
        row.recovered,
        row.broken,
        `${row.logins.tried}, ${row.logins.failed}`,
      ],
    ];
  });
  const { points, recovered, broken, logins, seed } = report;
  const total = ['together', '', points, recovered, broken.length, `${logins.tried}, ${logins.failed}`];
  const lines = [COLUMNS, COLUMNS.map(() => '---'), ...rows, total].map(
    (cells) => `| ${cells.join(' | ')} |`,
  );
  return [`\`npm run faults -- --seed ${seed}\`:`, '', ...lines].join('\n');
}

export async function writeDocument(report: FaultReport): Promise<void> {
  const text = await readFile(DOCUMENT, 'utf8');
  const [before, rest] = text.split(BEGIN);
  const [, after] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined)
    throw new Error(`${DOCUMENT}: expected ${BEGIN} and ${END}`);
  const written = `${before}${BEGIN}\n\n${documentTable(report)}\n\n${END}${after}`;
  await writeFile(DOCUMENT, await format(written, { parser: 'markdown', printWidth: 120 }));
}
