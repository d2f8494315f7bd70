import { randomUUID } from 'node:crypto';
import { CREDENTIALS, MACHINE_ARN } from '../../local/aws/cloud';
import { AwsError } from '../../local/aws/protocol/aws-error';
import {
  startSecretsManager,
  type Call,
  type SecretsManagerServer,
} from '../../local/aws/secrets-manager/server';
import { reportAge } from '../support/reporting';

const DAY_S = 24 * 60 * 60;

let secrets: SecretsManagerServer;
/** Of Secrets Manager, in days before now. */
let daysAgo = 0;
let onCall: (call: Call) => void = () => undefined;

beforeAll(async () => {
  secrets = await startSecretsManager({
    now: () => new Date(Date.now() - daysAgo * DAY_S * 1_000),
    onCall: (call) => {
      onCall(call);
    },
  });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    STATE_MACHINE_ARN: MACHINE_ARN,
  });
});
afterEach(() => {
  onCall = () => undefined;
});
afterAll(() => secrets.close());

/** A secret whose current version was written so many days ago. */
function secretWrittenBefore(days: number): { name: string; arn: string } {
  daysAgo = days;
  const name = `app/${randomUUID()}`;
  const arn = secrets.seed.secret({ name, value: '{"password": "hunter2"}' });
  daysAgo = 0;
  return { name, arn };
}

function list(...arns: string[]): void {
  process.env['APP_SECRET_ARNS'] = arns.join(', ');
}

/** Days, which hides the seconds that the test itself takes. */
const daysIn = (seconds: unknown): number => Math.round((Number(seconds) / DAY_S) * 100) / 100;

describe('the report of ages', () => {
  it('tells of each secret how long ago its current version was written', async () => {
    const [young, old] = [secretWrittenBefore(1), secretWrittenBefore(40)];
    list(young.arn, old.arn);

    const { answer, metrics } = await reportAge();

    expect(answer).toEqual({ reported: 2 });
    expect(metrics).toMatchObject([
      { machine: 'stepwise-rotation', secret: young.name },
      { machine: 'stepwise-rotation', secret: old.name },
    ]);
    expect(metrics.map((line) => daysIn(line['SecondsSinceLastSuccess']))).toEqual([1, 40]);
    expect(metrics[0]?._aws.CloudWatchMetrics).toEqual([
      {
        Namespace: 'StepwiseRotation',
        Dimensions: [['machine'], ['machine', 'secret']],
        Metrics: [{ Name: 'SecondsSinceLastSuccess', Unit: 'Seconds' }],
      },
    ]);
  });

  it('takes a version that only waits to be promoted for no success', async () => {
    const { arn } = secretWrittenBefore(40);
    secrets.seed.version(arn, { versionId: randomUUID(), value: '{}', stages: ['AWSPENDING'] });
    list(arn);

    const { metrics } = await reportAge();

    expect(metrics.map((line) => daysIn(line['SecondsSinceLastSuccess']))).toEqual([40]);
  });

  it('begins at zero with a version that was promoted at once', async () => {
    const { arn } = secretWrittenBefore(40);
    secrets.seed.version(arn, { versionId: randomUUID(), value: '{}', stages: ['AWSCURRENT'] });
    list(arn);

    const { metrics } = await reportAge();

    expect(metrics.map((line) => daysIn(line['SecondsSinceLastSuccess']))).toEqual([0]);
  });

  it('reads no value of a secret', async () => {
    const operations: string[] = [];
    onCall = ({ operation }) => operations.push(operation);
    list(secretWrittenBefore(1).arn);

    const { output } = await reportAge();

    expect(operations).toEqual(['ListSecretVersionIds']);
    expect(output).not.toContain('hunter2');
  });

  it('tells of the others when some secrets cannot be read, and fails with the name and the reason of each', async () => {
    const [first, refused, missing, last] = [
      secretWrittenBefore(1),
      secretWrittenBefore(2),
      { arn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:nowhere-AbCdEf' },
      secretWrittenBefore(3),
    ];
    onCall = ({ request }) => {
      if ((request as { SecretId: string }).SecretId === refused.arn) {
        throw new AwsError('AccessDeniedException', 'refused by the test');
      }
    };
    list(first.arn, refused.arn, missing.arn, last.arn);

    const { answer, metrics } = await reportAge();

    expect(metrics.map(({ secret }) => secret)).toEqual([first.name, last.name]);
    const { name, message } = answer as Error;
    expect(name).toBe('SecretAgeUnknownError');
    expect(message).toMatch(/^the age of 2 of 4 secrets could not be read: /);
    expect(message).toContain(`${refused.arn} (SecretAccessDeniedError: `);
    expect(message).toContain(`${missing.arn} (SecretNotFoundError: `);
  });

  it('fails for a secret without a current version', async () => {
    list(secrets.seed.secret({ name: `empty/${randomUUID()}` }));

    const { answer, metrics } = await reportAge();

    expect(metrics).toEqual([]);
    expect(answer).toMatchObject({ message: expect.stringContaining('no version is AWSCURRENT') as unknown });
  });

  it.each([
    ['', /^APP_SECRET_ARNS environment variable is not set$/],
    [',', /^APP_SECRET_ARNS environment variable is not set$/],
    ['app', /^APP_SECRET_ARNS expected the whole ARNs of secrets/],
  ])('with the setting "%s" is refused by name', async (arns, message) => {
    list(arns);

    const { answer } = await reportAge();

    expect(answer).toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringMatching(message) as unknown,
    });
  });
});
