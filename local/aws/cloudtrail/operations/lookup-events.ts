import { z } from 'zod';
import { epochSeconds } from '../../protocol/epoch-seconds';
import { refusal } from '../errors';
import type { TrailEvent } from '../trail';
import { defineOperation } from './operation';

/** "The number of events to return. Possible values are 1 through 50. The default is 50." (API reference) */
const PAGE_SIZE = 50;

const attribute = z.object({
  AttributeKey: z.enum(['EventId', 'EventName', 'EventSource', 'ReadOnly']),
  AttributeValue: z.string().min(1),
});

/** LookupEvents: management events by time and by one attribute, the latest first. */
export const lookupEvents = defineOperation({
  name: 'LookupEvents',
  request: z.object({
    LookupAttributes: z.array(attribute).default([]),
    StartTime: z.number().optional(),
    EndTime: z.number().optional(),
    MaxResults: z.int().default(PAGE_SIZE),
    NextToken: z.string().optional(),
  }),
  answer: ({ LookupAttributes, StartTime, EndTime, MaxResults, NextToken }, { trail }) => {
    const [asked, ...others] = LookupAttributes;
    if (others.length > 0) {
      throw refusal('InvalidLookupAttributesException', 'You can specify only one lookup attribute.');
    }
    if (MaxResults < 1 || MaxResults > PAGE_SIZE) {
      throw refusal('InvalidMaxResultsException', `MaxResults must be from 1 to ${PAGE_SIZE}.`);
    }
    if (StartTime !== undefined && EndTime !== undefined && StartTime > EndTime) {
      throw refusal('InvalidTimeRangeException', 'The start time is after the end time.');
    }
    const found = trail.find({
      attribute: asked && { key: asked.AttributeKey, value: asked.AttributeValue },
      from: dateOf(StartTime),
      to: dateOf(EndTime),
    });
    const rest = found.slice(startOf(found, NextToken));
    const page = rest.slice(0, MaxResults);
    const last = page.at(-1);
    return {
      Events: page.map((event) => ({ ...event, EventTime: epochSeconds(event.EventTime), Resources: [] })),
      ...(last !== undefined && rest.length > page.length && { NextToken: last.EventId }),
    };
  },
});

const dateOf = (seconds: number | undefined): Date | undefined =>
  seconds === undefined ? undefined : new Date(seconds * 1000);

/** The token is the last event of the page before, so that later events neither shift nor repeat anything. */
function startOf(found: readonly TrailEvent[], token: string | undefined): number {
  if (token === undefined) return 0;
  const last = found.findIndex(({ EventId }) => EventId === token);
  if (last === -1) throw refusal('InvalidNextTokenException', 'The NextToken is not of this lookup.');
  return last + 1;
}
