import { randomUUID } from 'node:crypto';
import { PutSecretValueCommand, RotateSecretCommand } from '@aws-sdk/client-secrets-manager';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
  type DescribeExecutionCommandOutput,
} from '@aws-sdk/client-sfn';
import {
  CREDENTIALS,
  invokeKickoff,
  KICKOFF_ARN,
  MACHINE_ARN,
  startCloud,
  type Cloud,
} from '../../local/aws/cloud';
import type { ServiceEvent } from '../../local/aws/secrets-manager/rotation/service-event';
import type { StepFunctionsOptions } from '../../local/aws/step-functions/server';
import { intercepted, useSecretsManager, World } from './world';
import type { WorldOptions } from './world-options';

type WorkflowListener = NonNullable<StepFunctionsOptions['onCall']>;

/** Something that stands still until the test lets it go on; after the test it goes on in any case. */
interface Gate {
  /** Resolves when somebody waits at it. */
  reached: Promise<void>;
  open(): void;
}

/** Both services with kickoff, for the tests of a file, and worlds in them. */
export interface TestCloud {
  cloud: Cloud;
  /** Speaks to the embedded Step Functions. */
  workflow: SFNClient;
  /** What Secrets Manager told of rotations, in order. */
  events: ServiceEvent[];
  /** The operations that Step Functions was asked for, in order. */
  workflowCalls: string[];
  makeWorld(options?: WorldOptions): Promise<World>;
  /** Has Secrets Manager rotate a world's secret, and waits until it has given up or succeeded. */
  rotate(world: World, options?: { immediately?: boolean; token?: string }): Promise<string>;
  /** Announces a version as RotateSecret does, but leaves it to the test to call kickoff. @returns its token */
  announce(world: World): string;
  /** Calls kickoff as Secrets Manager does. */
  kickoff(world: World, token: string, step: string, remainingMs?: number): Promise<unknown>;
  /** The executions that a token has, the oldest first. */
  executionsOf(token: string): Promise<DescribeExecutionCommandOutput[]>;
  /** Every call to Step Functions passes here first: to look, to answer late, or to throw an `AwsError`. */
  interceptWorkflow(listener: WorkflowListener): void;
  /** Asked about an execution, Step Functions answers when it has ended: as if Secrets Manager asked late. */
  askLate(): void;
  /** Holds the world's execution in SetSecret, before it has the master's login. Takes the world's interception. */
  holdSetSecret(world: World): Gate;
}

/** What a rotation by hand proves itself with; the embedded endpoint asks for a proof only in its own rotations. */
export const ROTATION_TOKEN = 'a rotation token that nobody may see: 7f1c';

/** Writes the master's secret anew. */
export async function putMasterPassword(world: World, password: string): Promise<void> {
  const master = { ...(await world.secret('AWSCURRENT', world.masterArn)), password };
  await world.client.send(
    new PutSecretValueCommand({ SecretId: world.masterArn, SecretString: JSON.stringify(master) }),
  );
}

function newGate(): Gate & { wait(): Promise<void> } {
  let open = (): void => undefined;
  let reach = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const wait = (): Promise<void> => {
    reach();
    return opened;
  };
  return { reached, open, wait };
}

/**
 * To be called once in a test file.
 * @param options `now` is the clock of Step Functions, `onStatusChange` what EventBridge would be told
 */
export function testCloud(options: Pick<StepFunctionsOptions, 'now' | 'onStatusChange'> = {}): TestCloud {
  const events: ServiceEvent[] = [];
  const workflowCalls: string[] = [];
  const worlds: World[] = [];
  const gates: Gate[] = [];
  const lent = {} as { cloud: Cloud; workflow: SFNClient };
  let onWorkflowCall: WorkflowListener | undefined;
  beforeAll(async () => {
    const started = startCloud({
      secretsManager: {
        onCall: intercepted,
        onEvent: (event) => events.push(event),
        rotationRetries: { count: 0, delayMs: 0 },
      },
      stepFunctions: {
        ...options,
        timeScale: 0,
        onCall: (call) => {
          workflowCalls.push(call.operation);
          return onWorkflowCall?.(call);
        },
      },
    });
    useSecretsManager(started.then(({ secretsManager }) => secretsManager));
    lent.cloud = await started;
    workflowCalls.splice(0);
    lent.workflow = new SFNClient({
      endpoint: lent.cloud.stepFunctions.url,
      region: 'us-east-1',
      credentials: CREDENTIALS,
    });
  });
  afterEach(async () => {
    onWorkflowCall = undefined;
    for (const gate of gates.splice(0)) gate.open();
    await lent.cloud.settled();
    for (const world of worlds.splice(0).reverse()) await world.close();
    events.splice(0);
    workflowCalls.splice(0);
  });
  afterAll(async () => {
    lent.workflow.destroy();
    await lent.cloud.close();
  });
  return {
    get cloud() {
      return lent.cloud;
    },
    get workflow() {
      return lent.workflow;
    },
    events,
    workflowCalls,
    makeWorld: async (worldOptions = {}) => {
      const environment = { ...lent.cloud.environment, ...worldOptions.environment };
      const world = await World.make({ ...worldOptions, environment });
      worlds.push(world);
      return world;
    },
    rotate: async (world, { immediately = true, token } = {}) => {
      const { VersionId } = await world.client.send(
        new RotateSecretCommand({
          SecretId: world.secretArn,
          RotationLambdaARN: KICKOFF_ARN,
          RotationRules: { AutomaticallyAfterDays: 30 },
          RotateImmediately: immediately,
          ...(token === undefined ? {} : { ClientRequestToken: token }),
        }),
      );
      await lent.cloud.settled();
      return VersionId ?? '';
    },
    announce: ({ secrets, secretArn }) => {
      const token = randomUUID();
      secrets.seed.version(secretArn, { versionId: token, stages: ['AWSPENDING'] });
      secrets.seed.facts(secretArn, { rotation: { enabled: true, lambdaArn: KICKOFF_ARN } });
      return token;
    },
    kickoff: (world, token, step, remainingMs) =>
      invokeKickoff(
        {
          Step: step,
          SecretId: world.secretArn,
          ClientRequestToken: token,
          RotationToken: ROTATION_TOKEN,
        },
        remainingMs,
      ),
    executionsOf: async (token) => {
      const { executions = [] } = await lent.workflow.send(
        new ListExecutionsCommand({ stateMachineArn: MACHINE_ARN }),
      );
      const own = executions.filter(({ name }) => name?.includes(token) === true).reverse();
      return Promise.all(
        own.map(({ executionArn }) => lent.workflow.send(new DescribeExecutionCommand({ executionArn }))),
      );
    },
    interceptWorkflow: (listener) => {
      onWorkflowCall = listener;
    },
    askLate: () => {
      onWorkflowCall = ({ operation }) =>
        operation === 'DescribeExecution' ? lent.cloud.stepFunctions.settled() : undefined;
    },
    holdSetSecret: (world) => {
      const gate = newGate();
      gates.push(gate);
      world.intercept(({ operation, request }) => {
        const { SecretId } = request as { SecretId?: string };
        return operation === 'GetSecretValue' && SecretId === world.masterArn ? gate.wait() : undefined;
      });
      return gate;
    },
  };
}
