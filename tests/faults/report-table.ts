import type { FaultReport } from './fault-report';

/** Enough to see what is wrong; `--json` has all. */
const MOST_BROKEN = 20;

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths =
    rows[0]?.map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** The report for people. */
export function reportTable({ seed, points, recovered, broken, byKind, logins }: FaultReport): string {
  const rows = Object.entries(byKind).map(([kind, row]) => [
    kind,
    String(row.points),
    String(row.recovered),
    String(row.broken),
    `${row.logins.failed} of ${row.logins.tried}`,
    `${row.seconds} s`,
  ]);
  const total = [
    'together',
    String(points),
    String(recovered),
    String(broken.length),
    `${logins.failed} of ${logins.tried}`,
    '',
  ];
  const table = aligned([['kind', 'points', 'recovered', 'broken', 'failed logins', 'time'], ...rows, total]);
  const list = broken
    .slice(0, MOST_BROKEN)
    .map(({ kind, point, invariant }) => `${kind}/${point}: ${invariant}`);
  const more =
    broken.length > MOST_BROKEN ? [`… and ${broken.length - MOST_BROKEN} more; --json has all`] : [];
  return [...table, '', ...list, ...more, `seed ${seed}`].join('\n');
}
