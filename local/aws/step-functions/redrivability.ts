import type { ExecutionStatus } from '../../state-machine/execution-record';

const DAY_MS = 24 * 60 * 60 * 1000;
/** "14 days … starts from the day a state machine completes its execution" (RedriveExecution, API reference). */
const REDRIVABLE_PERIOD_MS = 14 * DAY_MS;
/** The maximum open time of an execution. */
const LONGEST_OPEN_TIME_MS = 365 * DAY_MS;
/** Leaves room for ExecutionRedriven and one event more below the quota of 25,000. */
const HISTORY_LIMIT = 24_999;

/** What decides it. */
interface RedriveCandidate {
  readonly status: 'RUNNING' | ExecutionStatus;
  readonly startDate: Date;
  readonly stopDate: Date | undefined;
  readonly history: { readonly events: { readonly length: number } };
}

/**
 * Why an execution cannot be redriven at this time, in the words of DescribeExecution's `redriveStatusReason`.
 * @returns undefined when it can
 */
export function whyNotRedrivable(
  { status, startDate, stopDate, history }: RedriveCandidate,
  now: Date,
): string | undefined {
  if (status === 'RUNNING' || status === 'SUCCEEDED' || stopDate === undefined) {
    return `Execution is ${status} and cannot be redriven`;
  }
  if (now.getTime() - startDate.getTime() > LONGEST_OPEN_TIME_MS) {
    return 'Execution has exceeded the max execution time';
  }
  if (now.getTime() - stopDate.getTime() > REDRIVABLE_PERIOD_MS) {
    return 'Execution redrivable period exceeded';
  }
  if (history.events.length >= HISTORY_LIMIT) return 'Execution history event limit exceeded';
  return undefined;
}
