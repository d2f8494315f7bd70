import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { CREDENTIALS, invokeKickoff, KICKOFF_ARN, MACHINE_ARN } from '../../../local/aws/cloud';
import {
  startSecretsManager,
  type Call,
  type SecretsManagerServer,
} from '../../../local/aws/secrets-manager/server';
import { rotationDefinition } from '../../../local/aws/step-functions/rotation-definition';
import { startStepFunctions, type StepFunctionsServer } from '../../../local/aws/step-functions/server';
import type { ExecutionStatusChange } from '../../../local/aws/step-functions/status-change';
import { inProcess, type Invoke } from '../../../local/lambda/in-process';
import { steps } from '../../../local/steps';
import { server } from '../../support/database';
import { useSecretsManager, World } from '../../support/world';
import type { WorldOptions } from '../../support/world-options';
import type { Watch } from './crossing';
import { startServiceWires } from './service-wires';
import { startWire, type Wire } from './wire';

type Step = keyof typeof steps;

/** What a kind of fault may put in place of the usual, and take away again; `reset` takes all away. */
export interface Interference {
  /** Told of what steps say to the outside, and kickoff where it runs in this process. */
  watch?: Watch | undefined;
  /** Told of what a kickoff says to the outside that runs with `kickoffEnvironment`. */
  watchKickoff?: Watch | undefined;
  /** In place of a step, by its state's name. */
  invoke: Partial<Record<Step, Invoke>>;
  kickoff?: Invoke | undefined;
  onStatusChange?: ((change: ExecutionStatusChange) => void) | undefined;
  /** How long ago Secrets Manager believes what happens now, in milliseconds. */
  agedByMs?: number;
  /** Every call to Secrets Manager, the application's too, before it takes effect. */
  onCall?: ((call: Call) => void | Promise<void>) | undefined;
}

/** All that the service is deployed to, on loopback, with wires between its functions and everything else. */
export interface FaultCloud {
  secretsManager: SecretsManagerServer;
  stepFunctions: StepFunctionsServer;
  workflow: SFNClient;
  interference: Interference;
  reset(): void;
  /** What the functions find in their environment, the settings of the deployer apart. */
  environment: Record<string, string>;
  /** What differs for a kickoff in a process of its own, which speaks while steps do. */
  kickoffEnvironment: Record<string, string>;
  /** The way from the functions to the database; the application and the tests have another. */
  databaseWire: Wire;
  makeWorld(options?: WorldOptions): Promise<World>;
  settled: () => Promise<void>;
  close(): Promise<void>;
}

const REGION = 'us-east-1';
const arnOf = (step: string): string => `arn:aws:lambda:${REGION}:123456789012:function:${step}`;
const keyOf = (step: string): string => step.charAt(0).toLowerCase() + step.slice(1);

/** How often Secrets Manager tries a rotation again, and after how long. */
const ROTATION_RETRIES = { count: 4, delayMs: 0 };

export async function startFaultCloud(): Promise<FaultCloud> {
  const interference: Interference = { invoke: {} };
  const watch: Watch = (crossing) => interference.watch?.(crossing);
  const watchKickoff: Watch = (crossing) => interference.watchKickoff?.(crossing);
  const names = Object.keys(steps) as Step[];
  const functions = names.map((step): [string, Invoke] => [
    arnOf(step),
    (event) => (interference.invoke[step] ?? inProcess(steps[step]))(event),
  ]);
  const stepFunctions = await startStepFunctions({
    functions: Object.fromEntries(functions),
    timeScale: 0,
    onStatusChange: (change) => interference.onStatusChange?.(change),
    // Kickoff asks again after seconds; an answer that comes when the execution has ended saves them.
    onCall: ({ operation }) => (operation === 'DescribeExecution' ? stepFunctions.settled() : undefined),
  });
  const workflow = new SFNClient({ endpoint: stepFunctions.url, region: REGION, credentials: CREDENTIALS });
  await workflow.send(
    new CreateStateMachineCommand({
      name: MACHINE_ARN.slice(MACHINE_ARN.lastIndexOf(':') + 1),
      roleArn: 'arn:aws:iam::123456789012:role/rotation',
      definition: rotationDefinition(Object.fromEntries(names.map((step) => [keyOf(step), arnOf(step)]))),
    }),
  );
  const secretsManager = await startSecretsManager({
    now: () => new Date(Date.now() - (interference.agedByMs ?? 0)),
    onCall: (call) => interference.onCall?.(call),
    rotationRetries: ROTATION_RETRIES,
    rotationFunctions: {
      [KICKOFF_ARN]: {
        accessKeyId: CREDENTIALS.accessKeyId,
        invoke: (event: unknown) => (interference.kickoff ?? invokeKickoff)(event),
      },
    },
  });
  useSecretsManager(Promise.resolve(secretsManager));
  const databaseWire = await startWire({
    host: server.host,
    port: server.port,
    nameOf: () => 'database',
    watch,
  });
  const ofSteps = await startServiceWires({ secretsManager, stepFunctions }, watch);
  const ofKickoff = await startServiceWires({ secretsManager, stepFunctions }, watchKickoff);
  const environment = {
    ...ofSteps.environment,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    STATE_MACHINE_ARN: MACHINE_ARN,
    DB_ENDPOINTS: `${databaseWire.host}:${databaseWire.port}`,
  };
  return {
    secretsManager,
    stepFunctions,
    workflow,
    interference,
    reset: () => {
      for (const key of Object.keys(interference)) Reflect.deleteProperty(interference, key);
      interference.invoke = {};
    },
    environment,
    kickoffEnvironment: ofKickoff.environment,
    databaseWire,
    makeWorld: (options = {}) =>
      World.make({
        ...options,
        environment: { ...environment, ...options.environment },
        secret: { host: databaseWire.host, port: databaseWire.port, ...options.secret },
      }),
    settled: async () => {
      await secretsManager.settled();
      await stepFunctions.settled();
    },
    close: async () => {
      workflow.destroy();
      await secretsManager.close();
      await stepFunctions.close();
      for (const wire of [databaseWire, ...ofSteps.wires, ...ofKickoff.wires]) await wire.close();
    },
  };
}
