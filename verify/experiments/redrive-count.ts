import type { HistoryEvent } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import type { Bench } from '../bench';
import { no, notAnswered, yes, type Experiment } from '../experiment';
import { stopInWaitAndRedrive } from '../follow/stopped-in-wait';
import { historyOf } from '../looks/history';

export const redriveCount: Experiment = {
  id: 'redrive-count',
  question: 'Is $$.Execution.RedriveCount there in a first run, as 0, and in a redrive, as 1?',
  does: 'the same as redrive-in-wait, and reads what SetSecret was given before the redrive and TestSecret after it',
  noContradictsDesign: true,
  longestMs: ({ rotationMs }) => 2 * rotationMs,
  run: async (bench) => {
    const { executionArn, whyNot } = await stopInWaitAndRedrive(bench);
    if (whyNot !== undefined) return notAnswered(whyNot);
    const events = (await historyOf(bench, executionArn, { withData: true })) ?? [];
    const redriven = events.findIndex(({ type }) => type === 'ExecutionRedriven');
    const first = countsIn(bench, executionArn, events.slice(0, redriven));
    const second = countsIn(bench, executionArn, events.slice(redriven + 1));
    const seen = `the functions were given ${textOf(first)} before the redrive, ${textOf(second)} after it`;
    const isRight =
      first.length > 0 &&
      first.every((count) => count === 0) &&
      second.length > 0 &&
      second.every((count) => count === 1);
    return isRight ? yes(seen) : no(seen);
  },
};

const payload = z.object({ redriveCount: z.unknown() });

/** The counts that functions were given. Nothing else of their input is read or shown. */
function countsIn(bench: Bench, executionArn: string, events: readonly HistoryEvent[]): unknown[] {
  return events.flatMap(({ id, timestamp, lambdaFunctionScheduledEventDetails: scheduled }) => {
    if (scheduled === undefined) return [];
    const given = payload.safeParse(JSON.parse(scheduled.input ?? '{}'));
    // CreateSecret is not given the count.
    if (!given.success || !('redriveCount' in given.data)) return [];
    const { redriveCount: count } = given.data;
    bench.evidence.add({
      at: (timestamp ?? new Date(0)).toISOString(),
      source: 'Step Functions',
      what: `LambdaFunctionScheduled ${scheduled.resource ?? ''}: redriveCount ${JSON.stringify(count)}`,
      eventId: `${executionArn.split(':').at(-1) ?? ''}#${id ?? ''}`,
    });
    return [count];
  });
}

const textOf = (counts: readonly unknown[]): string =>
  counts.length === 0 ? 'no count' : counts.map((count) => JSON.stringify(count)).join(', ');
