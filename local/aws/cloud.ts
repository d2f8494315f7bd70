import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { handler as kickoff } from '../../functions/kickoff';
import { throughJson } from '../lambda/in-process';
import { steps } from '../steps';
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
}

/** What a deployment is: both services, the state machine with its functions, and kickoff as a rotation function. */
export interface Cloud {
  secretsManager: SecretsManagerServer;
  stepFunctions: StepFunctionsServer;
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
  const states = Object.entries(steps);
  const stepFunctions = await startStepFunctions({
    ...options.stepFunctions,
    functions: Object.fromEntries(states.map(([state, handler]) => [arnOf(state), handler])),
  });
  await createMachine(
    stepFunctions,
    Object.fromEntries(states.map(([state]) => [functionOf(state), arnOf(state)])),
  );
  const secretsManager = await startSecretsManager({
    ...options.secretsManager,
    rotationFunctions: {
      [KICKOFF_ARN]: { accessKeyId: CREDENTIALS.accessKeyId, invoke: invokeKickoff },
    },
  });
  return {
    secretsManager,
    stepFunctions,
    environment: {
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
      AWS_ENDPOINT_URL_SFN: stepFunctions.url,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      STATE_MACHINE_ARN: MACHINE_ARN,
    },
    settled: async () => {
      await secretsManager.settled();
      await stepFunctions.settled();
    },
    close: async () => {
      await secretsManager.close();
      await stepFunctions.close();
    },
  };
}

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
