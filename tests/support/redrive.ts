import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
  type DescribeExecutionCommandOutput as Execution,
} from '@aws-sdk/client-sfn';
import type { ExecutionInput } from '../../lib/rotation/state';
import { deriveVersionId } from '../../lib/rotation/version-id';
import { CREDENTIALS, MACHINE_ARN } from '../../local/aws/cloud';
import { AwsError, type AwsErrorName } from '../../local/aws/secrets-manager/errors';
import type { Call } from '../../local/aws/secrets-manager/server';
import type { steps } from '../../local/steps';
import type { TestCloud } from './cloud';
import { server } from './database';
import type { World } from './world';
import type { WorldOptions } from './world-options';

/** Executions that fail, and are re-driven as an operator would, over the API. */

export type Task = keyof typeof steps;

async function ended({ cloud, workflow }: TestCloud, arn = ''): Promise<Execution> {
  await cloud.settled();
  return workflow.send(new DescribeExecutionCommand({ executionArn: arn }));
}

/** Starts an execution and waits for its end. */
export async function execute(
  test: TestCloud,
  { secretArn }: World,
  input: Partial<ExecutionInput> = {},
): Promise<Execution> {
  const text = JSON.stringify({ secretId: secretArn, owner: 'schedule', ...input });
  const { executionArn } = await test.workflow.send(
    new StartExecutionCommand({ stateMachineArn: MACHINE_ARN, input: text }),
  );
  return ended(test, executionArn);
}

/** Re-drives an execution and waits for its end. */
export async function redrive(test: TestCloud, executionArn: string): Promise<Execution> {
  await test.workflow.send(new RedriveExecutionCommand({ executionArn }));
  return ended(test, executionArn);
}

/** The Tasks and the way back among the states that were entered in the last run or redrive, and each error met. */
export async function courseOf({ workflow }: TestCloud, executionArn: string): Promise<string[]> {
  const wanted = { executionArn, maxResults: 1_000 };
  const { events = [] } = await workflow.send(new GetExecutionHistoryCommand(wanted));
  const start = events.findLastIndex(({ type }) => type === 'ExecutionRedriven');
  return events
    .slice(start + 1)
    .flatMap(({ type, stateEnteredEventDetails: entered, lambdaFunctionFailedEventDetails: failed }) =>
      type === 'TaskStateEntered' || type === 'PassStateEntered'
        ? (entered?.name ?? [])
        : (failed?.error ?? []),
    );
}

export interface Failed {
  executionArn: string;
  /** Of the version that the rotation is about, whether it was written or not. */
  versionId: string;
  /** What the step that failed said. */
  message: string;
}

/** Requires that an execution failed at this Task with this error, and that the application did not notice. */
export async function expectFailed(
  test: TestCloud,
  world: World,
  { executionArn = '', status, error, cause = '{}' }: Execution,
  expected: { at: Task; error: string },
): Promise<Failed> {
  expect([status, error]).toEqual(['FAILED', expected.error]);
  const course = await courseOf(test, executionArn);
  expect(course.findLast((name) => !name.endsWith('Error')) ?? expected.at).toBe(expected.at);
  expect(await world.currentSecretWorks()).toBe(true);
  const { errorMessage: message } = JSON.parse(cause) as { errorMessage: string };
  return { executionArn, message, versionId: deriveVersionId(world.secretArn, executionArn, undefined) };
}

/** Re-drives, and requires that the same rotation, of the same version, is now complete. */
export async function expectFinished(
  test: TestCloud,
  world: World,
  { executionArn, versionId }: Failed,
  redriveCount = 1,
): Promise<void> {
  const finished = await redrive(test, executionArn);
  expect(finished).toMatchObject({ status: 'SUCCEEDED', executionArn, redriveCount });
  expect(JSON.parse(finished.output ?? '')).toMatchObject({ versionId, executionArn });
  expect(await world.labels()).toMatchObject({ AWSCURRENT: versionId });
  expect(await world.currentSecretWorks()).toBe(true);
}

/** Tells whether a call is a Lambda's; the others are the application's and the test's. */
export const isStep = ({ accessKeyId }: Call): boolean => accessKeyId === CREDENTIALS.accessKeyId;

/** Has Secrets Manager answer the Lambdas' calls of one operation with an error. */
export const refuse =
  (operation: string, name: AwsErrorName = 'AccessDeniedException') =>
  (world: World): void => {
    world.intercept((call) => {
      if (isStep(call) && call.operation === operation) throw new AwsError(name, 'refused by the test');
    });
  };

/** Ends what `refuse` or `beforeTestSecret` began. */
export const leaveAlone = (world: World): void => {
  world.intercept(() => undefined);
};

/** Has `act` done between SetSecret and TestSecret, before each of the latter's attempts. */
export function beforeTestSecret(world: World, act: () => Promise<unknown>): void {
  let isSetting = false;
  world.intercept(async (call) => {
    const { SecretId, VersionStage } = call.request as { SecretId?: string; VersionStage?: string };
    if (!isStep(call) || call.operation !== 'GetSecretValue') return;
    // SetSecret reads the master's secret first; TestSecret reads nothing but the pending version.
    if (SecretId === world.masterArn) isSetting = true;
    else if (VersionStage === 'AWSPENDING' && isSetting) isSetting = false;
    else if (VersionStage === 'AWSPENDING') await act();
  });
}

/** How each Task of a rotation is made to fail; `mendAll` takes the cause away. */
export const BREAKAGES: Record<
  Exclude<Task, 'Preflight'>,
  { error: string; happen: (world: World, line: Line) => unknown }
> = {
  CreateSecret: { error: 'SecretAccessDeniedError', happen: refuse('PutSecretValue') },
  SetSecret: { error: 'DatabaseUnavailableError', happen: (_world, line) => line.cut() },
  TestSecret: {
    error: 'DatabaseUnavailableError',
    happen: (world, line) => {
      beforeTestSecret(world, line.cut);
    },
  },
  FinishSecret: { error: 'SecretAccessDeniedError', happen: refuse('UpdateSecretVersionStage') },
};

export const mendAll = (world: World, line: Line): Promise<void> => {
  leaveAlone(world);
  return line.mend();
};

/** Has an execution fail at a Task, and takes the cause away. */
export async function failAt(at: keyof typeof BREAKAGES, test: TestCloud, world: World, line: Line) {
  const { error, happen } = BREAKAGES[at];
  await happen(world, line);
  const failed = await expectFailed(test, world, await execute(test, world), { at, error });
  await mendAll(world, line);
  return failed;
}

/** The way from the Lambdas to the server, which can be lost and come back; the application has one of its own. */
interface Line {
  cut: () => Promise<void>;
  mend: () => Promise<void>;
  /** For a world whose secret leads along this line. */
  readonly options: WorldOptions;
}

/** To be called once in a test file. */
export function testLine(): Line {
  const [host, listener] = ['127.0.0.1', createServer()];
  let port = 0;
  const sockets = new Set<Socket>();
  listener.on('connection', (client) => {
    const upstream = connect(server.port, server.host);
    for (const socket of [client, upstream]) {
      sockets.add(socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket)));
    }
    client.pipe(upstream).pipe(client);
  });
  const line: Line = {
    get options() {
      return { environment: { DB_ENDPOINTS: `${host}:${port}` }, secret: { host, port } };
    },
    mend: async () => {
      if (!listener.listening) await once(listener.listen(port, host), 'listening');
      port = (listener.address() as AddressInfo).port;
    },
    cut: async () => {
      if (!listener.listening) return;
      for (const socket of sockets) socket.destroy();
      await once(listener.close(), 'close');
    },
  };
  beforeEach(line.mend);
  afterAll(line.cut);
  return line;
}
