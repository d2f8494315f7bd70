import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { handler } from '../../functions/kickoff';
import { asFunction } from '../lambda/as-function';
import { throughJson } from '../lambda/in-process';
import { steps } from '../steps';
import { type CloudTrailServer, startCloudTrail } from './cloudtrail/server';
import { toldBySecretsManager, toldByStepFunctions } from './cloudtrail/told-services';
import {
  startSecretsManager,
  type SecretsManagerOptions,
  type SecretsManagerServer,
} from './secrets-manager/server';
import { rotationDefinition } from './step-functions/rotation-definition';
import {
  startStepFunctions,
  type StepFunctionsOptions,
  type StepFunctionsServer,
} from './step-functions/server';

const REGION = 'us-east-1';
const ACCOUNT = '123456789012';
const MACHINE_NAME = 'stepwise-rotation';

/** Lambda ends kickoff after this; see its timeout in serverless.yml. */
const KICKOFF_TIMEOUT_MS = 610_000;

export const KICKOFF_ARN = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:kickoff`;
export const MACHINE_ARN = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${MACHINE_NAME}`;

/** Credentials that the endpoints accept; the one key is the identity of all functions. */
export const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

export interface CloudOptions {
  secretsManager?: Omit<SecretsManagerOptions, 'rotationFunctions' | 'region' | 'accountId'>;
  stepFunctions?: Omit<StepFunctionsOptions, 'functions' | 'region' | 'accountId'>;
  /** Present: CloudTrail is there too, and hears of rotations and of the calls to Step Functions. */
  cloudTrail?: { port?: number };
}

/** What a deployment is: both services, the state machine with its functions, and kickoff as a rotation function. */
export interface Cloud {
  secretsManager: SecretsManagerServer;
  stepFunctions: StepFunctionsServer;
  cloudTrail: CloudTrailServer | undefined;
  /** What the deployed functions find in their environment, the settings of the deployer apart. */
  environment: Record<string, string>;
  /** Waits until no rotation and no execution is under way. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** The key of a function in serverless.yml, from the state that calls it. */
const functionOf = (state: string): string => state.charAt(0).toLowerCase() + state.slice(1);
const arnOf = (state: string): string => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${functionOf(state)}`;

/**
 * Starts everything that the service is deployed to, on loopback, with the real handlers. They read their
 * settings from this process's environment, where the caller puts `environment` before the first call.
 */
export async function startCloud(options: CloudOptions = {}): Promise<Cloud> {
  const opened: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    for (const service of opened.splice(0).reverse()) await service.close();
  };
  try {
    return { ...(await openServices(options, opened)), close };
  } catch (error) {
    await close(); // one that cannot listen must not leave the others open
    throw error;
  }
}

/** @param opened receives each service as soon as it is open */
async function openServices(
  options: CloudOptions,
  opened: { close(): Promise<void> }[],
): Promise<Omit<Cloud, 'close'>> {
  const states = Object.entries(steps);
  const cloudTrail =
    options.cloudTrail &&
    (await startCloudTrail({ ...options.cloudTrail, region: REGION, accountId: ACCOUNT }));
  if (cloudTrail !== undefined) opened.push(cloudTrail);
  const stepFunctions = await startStepFunctions({
    ...toldByStepFunctions(cloudTrail, options.stepFunctions),
    functions: Object.fromEntries(states.map(([state, handler]) => [arnOf(state), handler])),
  });
  opened.push(stepFunctions);
  await createMachine(
    stepFunctions,
    Object.fromEntries(states.map(([state]) => [functionOf(state), arnOf(state)])),
  );
  const secretsManager = await startSecretsManager({
    ...toldBySecretsManager(cloudTrail, options.secretsManager),
    rotationFunctions: {
      [KICKOFF_ARN]: { accessKeyId: CREDENTIALS.accessKeyId, invoke: invokeKickoff },
    },
  });
  opened.push(secretsManager);
  return {
    secretsManager,
    stepFunctions,
    cloudTrail,
    environment: {
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
      AWS_ENDPOINT_URL_SFN: stepFunctions.url,
      ...(cloudTrail !== undefined && { AWS_ENDPOINT_URL_CLOUDTRAIL: cloudTrail.url }),
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      STATE_MACHINE_ARN: MACHINE_ARN,
    },
    settled: async () => {
      await secretsManager.settled();
      await stepFunctions.settled();
    },
  };
}

const kickoff = asFunction('kickoff', handler);

/** Kickoff under Lambda's conditions: JSON in and out, and a clock that runs down. */
export async function invokeKickoff(event: unknown, remainingMs = KICKOFF_TIMEOUT_MS): Promise<unknown> {
  const deadline = Date.now() + remainingMs;
  await kickoff(throughJson(event), { getRemainingTimeInMillis: () => deadline - Date.now() });
  return null;
}

async function createMachine({ url }: StepFunctionsServer, arns: Record<string, string>): Promise<void> {
  const client = new SFNClient({ endpoint: url, region: REGION, credentials: CREDENTIALS });
  try {
    await client.send(
      new CreateStateMachineCommand({
        name: MACHINE_NAME,
        roleArn: `arn:aws:iam::${ACCOUNT}:role/rotation`,
        definition: rotationDefinition(arns),
      }),
    );
  } finally {
    client.destroy();
  }
}
