import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { LAB_ACCOUNT } from '../stack/account';
import { type CloudTrailOptions, type CloudTrailServer, startCloudTrail } from './cloudtrail/server';
import { toldBySecretsManager, toldByStepFunctions } from './cloudtrail/told-services';
import type { RotationFunction } from './secrets-manager/rotation/rotation-function';
import {
  startSecretsManager,
  type SecretsManagerOptions,
  type SecretsManagerServer,
} from './secrets-manager/server';
import {
  startStepFunctions,
  type StepFunctionsOptions,
  type StepFunctionsServer,
} from './step-functions/server';

/** Credentials that the endpoints accept; the one key is the identity of all functions. */
export const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** What is deployed into the account, wherever its code comes from. */
export interface Deployment {
  /** What Tasks may call, by ARN. */
  functions: StepFunctionsOptions['functions'];
  /** Their definitions are Amazon States Language as JSON text. */
  machines: readonly { name: string; roleArn: string; definition: string }[];
  /** What RotateSecret may be given as RotationLambdaARN, by ARN. */
  rotationFunctions: Readonly<Record<string, RotationFunction['invoke']>>;
}

export interface ServicesOptions {
  secretsManager?: Omit<SecretsManagerOptions, 'rotationFunctions' | 'region' | 'accountId'>;
  stepFunctions?: Omit<StepFunctionsOptions, 'functions' | 'region' | 'accountId'>;
  cloudTrail?: Pick<CloudTrailOptions, 'port'>;
}

/** The services that a deployment is in. */
export interface Services {
  secretsManager: SecretsManagerServer;
  stepFunctions: StepFunctionsServer;
  /** Hears of rotations and of the calls to Step Functions. */
  cloudTrail: CloudTrailServer;
  /** What a function needs to know of them: the SDK's own variables. */
  environment: Record<string, string>;
  /** Waits until no rotation and no execution is under way. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Starts everything that `deployment` is deployed to, on loopback, with its state machines in it. */
export async function startServices(
  deployment: Deployment,
  options: ServicesOptions = {},
): Promise<Services> {
  const opened: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    for (const service of opened.splice(0).reverse()) await service.close();
  };
  try {
    return { ...(await openServices(deployment, options, opened)), close };
  } catch (error) {
    await close(); // one that cannot listen must not leave the others open
    throw error;
  }
}

/** @param opened receives each service as soon as it is open */
async function openServices(
  { functions, machines, rotationFunctions }: Deployment,
  options: ServicesOptions,
  opened: { close(): Promise<void> }[],
): Promise<Omit<Services, 'close'>> {
  const { accessKeyId, secretAccessKey } = CREDENTIALS;
  const cloudTrail = await startCloudTrail({ ...options.cloudTrail, ...LAB_ACCOUNT });
  opened.push(cloudTrail);
  const stepFunctions = await startStepFunctions({
    ...toldByStepFunctions(cloudTrail, options.stepFunctions),
    ...LAB_ACCOUNT,
    functions,
  });
  opened.push(stepFunctions);
  await createMachines(stepFunctions, machines);
  const callable = Object.entries(rotationFunctions).map(([arn, invoke]) => [arn, { accessKeyId, invoke }]);
  const secretsManager = await startSecretsManager({
    ...toldBySecretsManager(cloudTrail, options.secretsManager),
    ...LAB_ACCOUNT,
    rotationFunctions: Object.fromEntries(callable) as Record<string, RotationFunction>,
  });
  opened.push(secretsManager);
  return {
    secretsManager,
    stepFunctions,
    cloudTrail,
    environment: {
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
      AWS_ENDPOINT_URL_SFN: stepFunctions.url,
      AWS_ENDPOINT_URL_CLOUDTRAIL: cloudTrail.url,
      AWS_REGION: LAB_ACCOUNT.region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    },
    settled: async () => {
      await secretsManager.settled();
      await stepFunctions.settled();
    },
  };
}

async function createMachines({ url }: StepFunctionsServer, machines: Deployment['machines']): Promise<void> {
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
