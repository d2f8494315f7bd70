import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { startSecretsManager, type SecretsManagerServer } from '../../local/aws/secrets-manager/server';
import { asFunction } from '../../local/lambda/as-function';
import { isWholeSuite } from '../support/aws-call-recorder';
import { readCallsIn } from './check/permissions/observed-call';

const VALUE = 'a value that no note may hold: 5d0e';
const MASTER = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:master-AbCdEf';

let server: SecretsManagerServer;
let folder: string;
const before = { ...process.env };

beforeAll(async () => {
  server = await startSecretsManager();
  folder = mkdtempSync(join(tmpdir(), 'stepwise-test-'));
});
beforeEach(() => {
  process.env['STEPWISE_ROTATION_CALL_LOG'] = folder;
  process.env['MASTER_SECRET_ARN'] = `${MASTER}, another`;
});
afterEach(() => {
  process.env['STEPWISE_ROTATION_CALL_LOG'] = before['STEPWISE_ROTATION_CALL_LOG'];
  Reflect.deleteProperty(process.env, 'MASTER_SECRET_ARN');
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
});

/** The endpoint knows neither the secrets nor the other services, which does not matter: the call was made. */
const settings = () => ({
  endpoint: server.url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
});
const ignoring = (call: Promise<unknown>): Promise<unknown> => call.catch(() => undefined);

const notesOf = (functionName: string) =>
  readCallsIn(folder)
    .filter((call) => call.functionName === functionName)
    .map(({ service, action, resource }) => `${service}:${action} ${resource}`);

describe('the calls of a function', () => {
  test('are noted with their service, their action, and what kind of resource they name', async () => {
    const secrets = new SecretsManagerClient(settings());
    const workflow = new SFNClient(settings());
    const topics = new SNSClient(settings());
    const executionArn = 'arn:aws:states:us-east-1:123456789012:execution:rotation:one';
    await asFunction('everything', async () => {
      await ignoring(secrets.send(new GetSecretValueCommand({ SecretId: 'app' })));
      await ignoring(secrets.send(new GetSecretValueCommand({ SecretId: MASTER })));
      await ignoring(
        workflow.send(new StartExecutionCommand({ stateMachineArn: 'arn:aws:states:us-east-1:1:m' })),
      );
      await ignoring(workflow.send(new DescribeExecutionCommand({ executionArn })));
      await ignoring(
        topics.send(new PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:1:t', Message: 'm' })),
      );
    })();
    expect(notesOf('everything')).toEqual([
      'secretsmanager:GetSecretValue app',
      'secretsmanager:GetSecretValue master',
      'states:StartExecution machine',
      'states:DescribeExecution execution',
      'sns:Publish topic',
    ]);
  });

  test('are told apart from those of others at the same time, and of nobody', async () => {
    const client = new SecretsManagerClient(settings());
    const get = (SecretId: string) => () => ignoring(client.send(new GetSecretValueCommand({ SecretId })));
    const put = () =>
      ignoring(client.send(new PutSecretValueCommand({ SecretId: 'app', SecretString: VALUE })));
    await Promise.all([asFunction('one', get('app'))(), asFunction('other', put)(), get(MASTER)()]);
    expect(notesOf('one')).toEqual(['secretsmanager:GetSecretValue app']);
    expect(notesOf('other')).toEqual(['secretsmanager:PutSecretValue app']);
    const notes = readFileSync(join(folder, `${String(process.pid)}.jsonl`), 'utf8');
    expect(notes).toContain('"origin":"tests/stack/check-calls.test.ts"');
    expect(notes).not.toContain(VALUE);
    expect(notes).not.toContain('test-');
  });

  test('are not noted when nobody asked', async () => {
    process.env['STEPWISE_ROTATION_CALL_LOG'] = '';
    const client = new SecretsManagerClient(settings());
    await asFunction('silent', () => ignoring(client.send(new GetSecretValueCommand({ SecretId: 'app' }))))();
    expect(notesOf('silent')).toEqual([]);
  });
});

// The fault harness is left out: it feeds the handlers what a deployment never would.
test('whoever runs a Lambda here gives it its name', () => {
  const root = join(__dirname, '../..');
  const runners = globSync('{bench,local,tests,verify}/**/*.ts', { cwd: root })
    .filter((path) => !path.startsWith('tests/faults/'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
    .filter(({ text }) => /from '(\.\.\/)+functions\//.test(text));
  expect(runners.length).toBeGreaterThan(1);
  expect(runners.filter(({ text }) => !text.includes('asFunction(')).map(({ path }) => path)).toEqual([]);
});

describe('a permission that nothing used is a fault when everything ran', () => {
  const everything = {
    nonFlagArgs: [],
    onlyChanged: false,
    onlyFailures: false,
    findRelatedTests: false,
  };

  test('which a run without any choice is', () => {
    expect(isWholeSuite(everything)).toBe(true);
  });

  test.each([
    { nonFlagArgs: ['tests/unit'] },
    { onlyChanged: true },
    { onlyFailures: true },
    { findRelatedTests: true },
    { testNamePattern: 'rotates' },
    { shard: { shardCount: 2, shardIndex: 1 } },
    { filter: 'filter.cjs' },
  ])('and one with %j is not', (choice) => {
    expect(isWholeSuite({ ...everything, ...choice })).toBe(false);
  });
});
