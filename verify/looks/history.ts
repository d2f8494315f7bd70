import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  paginateGetExecutionHistory,
  type HistoryEvent,
} from '@aws-sdk/client-sfn';
import type { Bench } from '../bench';

/** @returns the events of all redrives, oldest first; `undefined` as long as the execution does not exist */
export async function historyOf(
  { clients }: Bench,
  executionArn: string,
  { withData = false } = {},
): Promise<HistoryEvent[] | undefined> {
  const events: HistoryEvent[] = [];
  const request = { executionArn, includeExecutionData: withData };
  try {
    for await (const page of paginateGetExecutionHistory(
      { client: clients.states, pageSize: 1_000 },
      request,
    )) {
      events.push(...(page.events ?? []));
    }
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return undefined;
    throw error;
  }
  return events;
}

/** Of an execution that has ended, until it is re-driven. */
export const hasEnded = (events: readonly HistoryEvent[]): boolean =>
  /^Execution(Succeeded|Failed|TimedOut|Aborted)$/.test(events.at(-1)?.type ?? '');

export const nameOfState = ({ stateEnteredEventDetails, stateExitedEventDetails }: HistoryEvent): string =>
  stateEnteredEventDetails?.name ?? stateExitedEventDetails?.name ?? '';

/** Takes what happened to an execution as evidence: its own events, those of its Tasks and Waits, and what failed. */
export async function noteHistory(bench: Bench, executionArn: string): Promise<HistoryEvent[]> {
  const events = (await historyOf(bench, executionArn)) ?? [];
  for (const event of events) {
    const { type = '', timestamp = new Date(0), id } = event;
    if (!/^(Execution|TaskState|WaitState|LambdaFunctionFailed)/.test(type)) continue;
    bench.evidence.add({
      at: timestamp.toISOString(),
      source: 'Step Functions',
      what: `${type} ${nameOfState(event)}`.trim() + errorOf(event),
      eventId: `${executionArn.split(':').at(-1) ?? ''}#${id ?? ''}`,
    });
  }
  return events;
}

function errorOf(event: HistoryEvent): string {
  const { error } =
    event.lambdaFunctionFailedEventDetails ??
    event.executionFailedEventDetails ??
    event.executionAbortedEventDetails ??
    {};
  return error === undefined ? '' : `: ${error}`;
}

/** How an execution stands, in words. */
export async function statusOf({ clients }: Bench, executionArn: string): Promise<string> {
  try {
    const { status = 'unknown', error } = await clients.states.send(
      new DescribeExecutionCommand({ executionArn }),
    );
    return error === undefined ? status : `${status} (${error})`;
  } catch (thrown) {
    if (thrown instanceof ExecutionDoesNotExist) return 'not there';
    throw thrown;
  }
}
