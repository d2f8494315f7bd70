import pc from 'picocolors';
import { formatSeconds } from '../format-seconds';
import type { AttemptReport, HistoryReport, VisitReport } from './history-report';

/** An execution for people: one line per state, failed attempts under it, and how it ended. */
export function historyTable(report: HistoryReport): string {
  const { states } = report;
  const width = Math.max(...states.map(({ name }) => name.length), 'State'.length);
  const rows = states.flatMap((visit, index) => [
    ...redriveRow(visit, states[index - 1]),
    stateRow(visit, width),
    ...visit.attempts.flatMap((attempt, at) => attemptRows(attempt, at, visit.attempts[at - 1])),
  ]);
  const head = pc.dim(`${'State'.padEnd(width)}  ${'UTC'.padEnd(12)}  ${'Time'.padStart(9)}  Attempts`);
  return [head, ...rows, '', ...ending(report), pc.dim(report.executionArn)].join('\n');
}

/** Hours to milliseconds of an ISO 8601 time. */
const clock = (time: string): string => time.slice(11, 23);
const took = (durationMs: number | null): string => (durationMs === null ? '' : formatSeconds(durationMs));

function redriveRow({ redrive, startedAt }: VisitReport, before: VisitReport | undefined): string[] {
  if (before === undefined || redrive === before.redrive) return [];
  return [pc.cyan(`-- redrive ${redrive} at ${clock(startedAt)} --`)];
}

const OUTCOMES: Record<VisitReport['outcome'], string> = {
  succeeded: '',
  caught: pc.yellow('caught'),
  failed: pc.red('failed'),
  running: pc.cyan('running'),
};

function stateRow({ name, startedAt, durationMs, outcome, attempts }: VisitReport, width: number): string {
  const tries = attempts.length === 0 ? '' : String(attempts.length);
  const row = [name.padEnd(width), clock(startedAt), took(durationMs).padStart(9), tries.padStart(8)];
  return [...row, OUTCOMES[outcome]].join('  ').trimEnd();
}

/** An error that comes again is named, and not explained again. */
function attemptRows(attempt: AttemptReport, index: number, before: AttemptReport | undefined): string[] {
  if (attempt.error === null) return [];
  const isSame = before?.error === attempt.error && before.message === attempt.message;
  const why = isSame || attempt.message === null ? '' : `: ${attempt.message}`;
  const when = `${clock(attempt.startedAt)}  ${took(attempt.durationMs)}`;
  return [
    `  ${pc.dim(`attempt ${String(index + 1).padStart(2)}  ${when}`)}  ${pc.bold(attempt.error)}${why}`,
  ];
}

function ending({ status, startedAt, stoppedAt, error, message, redriveStatus }: HistoryReport): string[] {
  const total =
    startedAt === null || stoppedAt === null
      ? ''
      : ` after ${formatSeconds(Date.parse(stoppedAt) - Date.parse(startedAt))}`;
  if (status === 'SUCCEEDED') return [`${pc.green(status)}${total}`];
  if (status === 'RUNNING') return [pc.cyan(status)];
  const why = error === null ? [] : [`${pc.bold(error)}: ${message ?? ''}`];
  const hint = redriveStatus === 'REDRIVABLE' ? ['mend the cause, then redrive it'] : [];
  return [`${pc.red(status)}${total}`, ...why, ...hint];
}
