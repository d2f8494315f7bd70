import { randomUUID } from 'node:crypto';

/** What LookupEvents can be asked for here. Events that lack an attribute are not found by it. */
type LookupAttribute = 'EventId' | 'EventName' | 'EventSource' | 'ReadOnly';

/** One event of the trail, in the members of LookupEvents's answer. */
export interface TrailEvent {
  readonly EventId: string;
  readonly EventName: string;
  readonly EventSource: string;
  readonly ReadOnly: 'true' | 'false';
  readonly EventTime: Date;
  /** The event's record, as JSON text: where everything else is. */
  readonly CloudTrailEvent: string;
}

/** What is told to the trail: a record's own part. */
export interface Told {
  readonly eventName: string;
  readonly eventSource: string;
  readonly eventType: 'AwsServiceEvent' | 'AwsApiCall';
  readonly readOnly: boolean;
  readonly [member: string]: unknown;
}

interface Lookup {
  readonly attribute: { readonly key: LookupAttribute; readonly value: string } | undefined;
  readonly from: Date | undefined;
  readonly to: Date | undefined;
}

/**
 * The management events of one account in one Region, in memory. AWS shows an event some minutes after it happened,
 * here it is there at once. Times are whole seconds, as in AWS's records.
 */
export class Trail {
  readonly #events: TrailEvent[] = [];

  constructor(
    readonly region: string,
    readonly accountId: string,
    readonly now: () => Date,
  ) {}

  add(told: Told): void {
    const EventTime = new Date(Math.floor(this.now().getTime() / 1000) * 1000);
    const EventId = randomUUID();
    const record = {
      eventVersion: '1.08',
      ...told,
      eventTime: EventTime.toISOString().replace('.000', ''),
      awsRegion: this.region,
      eventID: EventId,
      recipientAccountId: this.accountId,
    };
    this.#events.push({
      EventId,
      EventName: told.eventName,
      EventSource: told.eventSource,
      ReadOnly: told.readOnly ? 'true' : 'false',
      EventTime,
      CloudTrailEvent: JSON.stringify(record),
    });
  }

  /** The latest first, which is how AWS sorts them. */
  find({ attribute, from, to }: Lookup): readonly TrailEvent[] {
    return this.#events
      .filter((event) => attribute === undefined || event[attribute.key] === attribute.value)
      .filter(({ EventTime }) => from === undefined || EventTime >= from)
      .filter(({ EventTime }) => to === undefined || EventTime <= to)
      .toReversed();
  }
}
