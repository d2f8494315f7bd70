import {
  CloudTrailClient,
  InvalidLookupAttributesException,
  InvalidTimeRangeException,
  LookupEventsCommand,
  paginateLookupEvents,
  type LookupAttributeKey,
} from '@aws-sdk/client-cloudtrail';
import { startCloudTrail, type CloudTrailServer } from '../../../local/aws/cloudtrail/server';

const SECRET = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:app-AbCdEf';
const START = new Date('2026-11-01T03:00:00.400Z');

let now = START;
let trail: CloudTrailServer;
let client: CloudTrailClient;

beforeEach(async () => {
  now = START;
  trail = await startCloudTrail({ now: () => now });
  client = new CloudTrailClient({
    endpoint: trail.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterEach(async () => {
  client.destroy();
  await trail.close();
});

const tell = (name: 'RotationStarted' | 'RotationFailed', error?: string): void => {
  trail.tell({ name, secretArn: SECRET, versionId: 'v', ...(error !== undefined && { error }) });
};

const later = (milliseconds: number): void => {
  now = new Date(now.getTime() + milliseconds);
};

const byAttribute = (AttributeKey: LookupAttributeKey, AttributeValue: string) => ({
  LookupAttributes: [{ AttributeKey, AttributeValue }],
});

describe('LookupEvents', () => {
  it('tells the latest first, in whole seconds, with the record as JSON text', async () => {
    tell('RotationStarted');
    later(2_300);
    tell('RotationFailed', 'why');

    const { Events = [], NextToken } = await client.send(new LookupEventsCommand({}));

    expect(Events.map(({ EventName, EventTime }) => [EventName, EventTime?.toISOString()])).toEqual([
      ['RotationFailed', '2026-11-01T03:00:02.000Z'],
      ['RotationStarted', '2026-11-01T03:00:00.000Z'],
    ]);
    expect(NextToken).toBeUndefined();
    expect(JSON.parse(Events[0]?.CloudTrailEvent ?? '')).toMatchObject({
      eventID: Events[0]?.EventId,
      eventSource: 'secretsmanager.amazonaws.com',
      eventType: 'AwsServiceEvent',
      eventTime: '2026-11-01T03:00:02Z',
      additionalEventData: { SecretId: SECRET },
      errorMessage: 'why',
    });
  });

  it('finds by one attribute and by time', async () => {
    tell('RotationStarted');
    later(10_000);
    tell('RotationStarted');
    tell('RotationFailed');

    const named = await client.send(new LookupEventsCommand(byAttribute('EventName', 'RotationStarted')));
    expect(named.Events).toHaveLength(2);
    const recent = await client.send(
      new LookupEventsCommand({
        ...byAttribute('EventName', 'RotationStarted'),
        StartTime: new Date('2026-11-01T03:00:05Z'),
      }),
    );
    expect(recent.Events).toHaveLength(1);
    const none = await client.send(new LookupEventsCommand(byAttribute('EventSource', 'ec2.amazonaws.com')));
    expect(none.Events).toEqual([]);
  });

  it('goes on where the page before ended, whatever happens meanwhile', async () => {
    for (let index = 0; index < 5; index += 1) tell(index % 2 === 0 ? 'RotationStarted' : 'RotationFailed');
    const names: string[] = [];
    for await (const { Events = [] } of paginateLookupEvents({ client, pageSize: 2 }, {})) {
      names.push(...Events.map(({ EventName = '' }) => EventName));
      tell('RotationFailed', 'later');
    }
    expect(names).toEqual([
      'RotationStarted',
      'RotationFailed',
      'RotationStarted',
      'RotationFailed',
      'RotationStarted',
    ]);
  });

  it('shows calls to Step Functions with their caller, and without what an execution is given', async () => {
    trail.tellCall({
      operation: 'StartExecution',
      request: { stateMachineArn: 'arn', name: 'n', input: '{"secretId":"app"}' },
      invokedBy: 'scheduler.amazonaws.com',
    });
    trail.tellCall({ operation: 'DescribeExecution', request: { executionArn: 'arn' } });

    const { Events = [] } = await client.send(new LookupEventsCommand(byAttribute('ReadOnly', 'false')));

    expect(Events.map(({ EventName }) => EventName)).toEqual(['StartExecution']);
    expect(JSON.parse(Events[0]?.CloudTrailEvent ?? '')).toMatchObject({
      userIdentity: { invokedBy: 'scheduler.amazonaws.com' },
      requestParameters: { name: 'n', input: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
    });
  });

  it('refuses two attributes, and a time that ends before it begins', async () => {
    const one = { AttributeKey: 'EventName', AttributeValue: 'RotationStarted' } as const;
    await expect(client.send(new LookupEventsCommand({ LookupAttributes: [one, one] }))).rejects.toThrow(
      InvalidLookupAttributesException,
    );
    const range = { StartTime: new Date(1_000_000), EndTime: new Date(0) };
    await expect(client.send(new LookupEventsCommand(range))).rejects.toThrow(InvalidTimeRangeException);
  });

  it("is called by the AWS CLI under the service's full name", async () => {
    const answer = await fetch(trail.url, {
      method: 'POST',
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=test/20261101/us-east-1/cloudtrail/aws4_request',
        'x-amz-target': 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents',
      },
      body: '{}',
    });
    expect([answer.status, await answer.json()]).toEqual([200, { Events: [] }]);
  });
});
