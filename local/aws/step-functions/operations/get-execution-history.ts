import type { HistoryEvent } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { pageOf } from '../page';
import { arn, pageRequest } from '../request-members';
import { defineOperation } from './operation';

const DATA = new Set(['input', 'inputDetails', 'output', 'outputDetails']);

/** GetExecutionHistory: the events of all redrives, one after the other. */
export const getExecutionHistory = defineOperation({
  name: 'GetExecutionHistory',
  request: z.object({
    executionArn: arn,
    reverseOrder: z.boolean().default(false),
    includeExecutionData: z.boolean().default(true),
    ...pageRequest,
  }),
  answer: ({ executionArn, reverseOrder, includeExecutionData, ...page }, { store }) => {
    const { events } = store.execution(executionArn).history;
    const ordered = reverseOrder ? events.toReversed() : events;
    const { items, next } = pageOf(ordered, { key: ({ id = 0 }) => id, newestFirst: reverseOrder }, page);
    return { events: items.map((event) => answerFor(event, includeExecutionData)), ...next };
  },
});

function answerFor(event: HistoryEvent, includeExecutionData: boolean): unknown {
  return JSON.parse(JSON.stringify(event), (key, value: unknown) => {
    if (key === 'timestamp') return Date.parse(String(value)) / 1000;
    return !includeExecutionData && DATA.has(key) ? undefined : value;
  });
}
