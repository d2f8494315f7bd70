import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import {
  startSecretsManager,
  type SecretsManagerOptions,
  type SecretsManagerServer,
} from '../aws/secrets-manager/server';
import {
  startStepFunctions,
  type StepFunctionsOptions,
  type StepFunctionsServer,
} from '../aws/step-functions/server';
import { watchInFlight } from '../lambda/in-flight';
import { LAB_ACCOUNT } from './account';
import type { DeployedMachine, DeployedStack } from './deployed-stack';
import { kickoffOf } from './entry-points';

/** Credentials that the endpoints accept; the one key is the identity of all functions. */
const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

export interface StackServicesOptions {
  secretsManager?: Omit<SecretsManagerOptions, 'rotationFunctions' | 'region' | 'accountId'>;
  stepFunctions?: Omit<StepFunctionsOptions, 'functions' | 'region' | 'accountId'>;
}

/** The services around a stack, with its state machines created and its kickoff as a rotation function. */
export interface StackServices {
  secretsManager: SecretsManagerServer;
  stepFunctions: StepFunctionsServer;
  /** What the functions need to know of the services: the SDK's own variables. */
  environment: Record<string, string>;
}

/** Runs what a stack is deployed to, on loopback, while `use` runs; no function is at work afterwards. */
export async function withStackServices(
  stack: DeployedStack,
  options: StackServicesOptions,
  use: (services: StackServices) => Promise<void>,
): Promise<void> {
  const { region, accountId } = LAB_ACCOUNT;
  const invokes = Object.fromEntries(stack.functions.map(({ arn, invoke }) => [arn, invoke]));
  const { handlers: functions, settled } = watchInFlight(invokes);
  const { arn: kickoffArn } = kickoffOf(stack);
  const kickoff = functions[kickoffArn];
  if (kickoff === undefined) throw new Error(`${kickoffArn} is not deployed`);
  const open: { close: () => Promise<void> }[] = [];
  try {
    const stepFunctions = await startStepFunctions({
      ...options.stepFunctions,
      region,
      accountId,
      functions,
    });
    open.push(stepFunctions);
    await createMachines(stepFunctions, stack.machines);
    const secretsManager = await startSecretsManager({
      ...options.secretsManager,
      region,
      accountId,
      rotationFunctions: { [kickoffArn]: { accessKeyId: CREDENTIALS.accessKeyId, invoke: kickoff } },
    });
    open.push(secretsManager);
    await use({
      secretsManager,
      stepFunctions,
      environment: environmentOf({ secretsManager, stepFunctions }),
    });
  } finally {
    for (const service of open.reverse()) await service.close();
    await settled(); // a late SetSecret would make a user anew that is about to go
  }
}

function environmentOf(services: Omit<StackServices, 'environment'>): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: services.secretsManager.url,
    AWS_ENDPOINT_URL_SFN: services.stepFunctions.url,
    AWS_REGION: LAB_ACCOUNT.region,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  };
}

async function createMachines(
  { url }: StepFunctionsServer,
  machines: readonly DeployedMachine[],
): Promise<void> {
  const { region } = LAB_ACCOUNT;
  const client = new SFNClient({ endpoint: url, region, credentials: CREDENTIALS });
  try {
    for (const { name, roleArn, definition } of machines) {
      await client.send(new CreateStateMachineCommand({ name, roleArn, definition }));
    }
  } finally {
    client.destroy();
  }
}
