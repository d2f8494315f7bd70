import { paginateLookupEvents, type Event } from '@aws-sdk/client-cloudtrail';
import * as z from 'zod';
import type { Bench } from '../bench';

/** What Secrets Manager tells CloudTrail about a rotation by itself. */
export const ROTATION_EVENTS = [
  'RotationStarted',
  'RotationSucceeded',
  'RotationFailed',
  'RotationAbandoned',
] as const;

export interface TrailEvent {
  readonly id: string;
  readonly name: string;
  readonly at: Date;
  /** The role or the service that made the call. */
  readonly caller: string;
}

/** As much of a record as is read; which members a service event has besides is not documented. */
const record = z.object({
  userIdentity: z.object({ arn: z.string().optional(), invokedBy: z.string().optional() }).optional(),
  sourceIPAddress: z.string().optional(),
  errorCode: z.string().optional(),
  errorMessage: z.string().optional(),
});

interface Lookup {
  names: readonly string[];
  since: Date;
  until?: Date;
  /** The ARN, or the name, that the record has to name. */
  mentions: string;
}

/** Records have whole seconds. */
export const secondOf = (date: Date): Date => new Date(Math.floor(date.getTime() / 1000) * 1000);

/** Finds events by name, and takes them as evidence. @returns the oldest first */
export async function lookUp(bench: Bench, { names, since, until, mentions }: Lookup): Promise<TrailEvent[]> {
  const found: TrailEvent[] = [];
  for (const name of names) {
    for await (const { Events = [] } of paginateLookupEvents(
      { client: bench.clients.trail, pageSize: 50 },
      {
        StartTime: secondOf(since),
        ...(until !== undefined && { EndTime: until }),
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: name }],
      },
    )) {
      found.push(
        ...Events.filter((event) => isMeant(bench, event, mentions)).map((event) => note(bench, event)),
      );
    }
  }
  return found.toSorted((one, other) => one.at.getTime() - other.at.getTime());
}

function isMeant(
  { spentEventIds }: Bench,
  { EventId = '', CloudTrailEvent = '' }: Event,
  arn: string,
): boolean {
  return CloudTrailEvent.includes(arn) && !spentEventIds.has(EventId);
}

function note(bench: Bench, event: Event): TrailEvent {
  const {
    EventId: id = '',
    EventName: name = '',
    EventTime: at = new Date(0),
    CloudTrailEvent = '{}',
  } = event;
  const { userIdentity, sourceIPAddress, errorCode, errorMessage } = record.parse(
    JSON.parse(CloudTrailEvent),
  );
  const service = sourceIPAddress?.endsWith('.amazonaws.com') === true ? sourceIPAddress : undefined;
  const caller = userIdentity?.invokedBy ?? service ?? userIdentity?.arn ?? sourceIPAddress ?? 'unknown';
  const error = [errorCode, errorMessage].filter((text) => text !== undefined).join(': ');
  bench.evidence.add({
    at: at.toISOString(),
    source: 'CloudTrail',
    what: `${name} by ${caller}${error === '' ? '' : `: ${error}`}`,
    eventId: id,
  });
  return { id, name, at, caller };
}
