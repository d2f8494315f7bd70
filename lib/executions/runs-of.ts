import type { Attempt, Failure, Run } from './execution-records';

/** What is read of Step Functions' HistoryEvent; the types of events are its API reference's. */
export interface HistoryEvent {
  type?: string | undefined;
  timestamp?: Date | undefined;
  stateEnteredEventDetails?: { name: string | undefined } | undefined;
  lambdaFunctionFailedEventDetails?: Told | undefined;
  lambdaFunctionScheduleFailedEventDetails?: Told | undefined;
  lambdaFunctionStartFailedEventDetails?: Told | undefined;
  lambdaFunctionTimedOutEventDetails?: Told | undefined;
}

interface Told {
  error?: string | undefined;
  cause?: string | undefined;
}

/** Reads an execution's events, oldest first. For definitions without Map and Parallel, as the rotation's is. */
export function runsOf(events: readonly HistoryEvent[]): Run[] {
  const runs: Run[] = [];
  for (const event of events) {
    const visits = runs.at(-1)?.visits ?? [];
    const entered = event.stateEnteredEventDetails?.name;
    if (event.type === 'ExecutionStarted' || event.type === 'ExecutionRedriven') {
      // A Task that is repeated is called again without being entered again.
      const repeated = visits.slice(-1).map(({ state }) => ({ state, attempts: [] }));
      runs.push({ startedAt: event.timestamp ?? new Date(0), visits: repeated });
    } else if (entered !== undefined) {
      visits.push({ state: entered, attempts: [] });
    } else {
      readCall(event, visits.at(-1)?.attempts ?? []);
    }
  }
  return runs;
}

/** Step Functions' name for a Lambda that did not answer within its Task's TimeoutSeconds. */
const TIMEOUT = 'States.Timeout';

function readCall(event: HistoryEvent, attempts: Attempt[]): void {
  switch (event.type ?? '') {
    case 'LambdaFunctionScheduled':
      attempts.push({ outcome: 'open' });
      break;
    case 'LambdaFunctionSucceeded':
      settle(attempts, { outcome: 'succeeded' });
      break;
    case 'LambdaFunctionFailed':
    case 'LambdaFunctionScheduleFailed':
    case 'LambdaFunctionStartFailed':
    case 'LambdaFunctionTimedOut':
      settle(attempts, { outcome: 'failed', ...failureIn(event) });
      break;
    default: // the rest says nothing of calls
  }
}

function settle(attempts: Attempt[], outcome: Attempt): void {
  if (attempts.at(-1)?.outcome === 'open') attempts.pop();
  attempts.push(outcome);
}

function failureIn(event: HistoryEvent): Failure {
  const told =
    event.lambdaFunctionFailedEventDetails ??
    event.lambdaFunctionScheduleFailedEventDetails ??
    event.lambdaFunctionStartFailedEventDetails ??
    event.lambdaFunctionTimedOutEventDetails;
  return { error: told?.error ?? TIMEOUT, cause: told?.cause };
}
