import type { Broken, FaultKind, Logins } from './kind';
import type { Message } from './messages';

/** What was found of one kind. */
interface KindReport {
  points: number;
  recovered: number;
  broken: number;
  logins: Logins;
  /** Of all its processes together. */
  seconds: number;
  /** Figures of the kind's own, such as `lossesFound`. */
  counts: Record<string, number>;
}

/** What `--json` prints. */
export interface FaultReport {
  seed: number;
  /** Of all kinds together, as are the next three. */
  points: number;
  recovered: number;
  broken: Broken[];
  byKind: Record<string, KindReport>;
  logins: Logins;
}

/** An empty report, with a row for each kind. */
export function newReport(seed: number, kinds: readonly FaultKind[]): FaultReport {
  const byKind = kinds.map(({ name }): [string, KindReport] => [
    name,
    { points: 0, recovered: 0, broken: 0, logins: { tried: 0, failed: 0 }, seconds: 0, counts: {} },
  ]);
  return {
    seed,
    points: 0,
    recovered: 0,
    broken: [],
    byKind: Object.fromEntries(byKind),
    logins: { tried: 0, failed: 0 },
  };
}

/** Adds what a process said of a kind. */
export function addTo(report: FaultReport, kind: string, message: Message): void {
  const row = report.byKind[kind];
  if (row === undefined) throw new Error(`no row for ${kind}`);
  if (message.type === 'count') {
    row.counts[message.name] = (row.counts[message.name] ?? 0) + message.by;
  } else if (message.type === 'point') {
    for (const sum of [report, row]) {
      sum.points += 1;
      sum.recovered += message.isRecovered ? 1 : 0;
      sum.logins.tried += message.tried;
      sum.logins.failed += message.failed;
    }
    row.broken += message.broken.length;
    report.broken.push(...message.broken);
  }
}

/** Something that must be told although no point told it, such as a process that died. */
export function addBroken(report: FaultReport, kind: string, point: string, invariant: string): void {
  const row = report.byKind[kind];
  if (row !== undefined) row.broken += 1;
  report.broken.push({ kind, point, invariant });
}
