import { randomUUID } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { startSecretsManager, type SecretsManagerServer } from '../aws/secrets-manager/server';
import type { DatabaseServerAddress } from '../database/database-server';
import type { Cast } from '../application/cast';
import type { Login } from '../application/connect';
import { masterValue, seedSecrets } from '../application/seed-secrets';

export const REGION = 'us-east-1';
export const CREDENTIALS = { accessKeyId: 'demo', secretAccessKey: 'demo' };

/** An AWSCURRENT value as the application reads it. */
interface CurrentSecret extends Login {
  versionId: string;
}

/** Secrets Manager with two secrets: the application's, whose user does not exist yet, and the master's. */
export interface DemoSecrets {
  url: string;
  masterArn: string;
  appArn: string;
  /** Reads the application's AWSCURRENT over the wire, with the SDK. */
  current: () => Promise<CurrentSecret>;
  /** Writes a version of the master's secret and moves the labels to it, as the master's own rotation does. */
  putMaster: (version: MasterVersion) => void;
}

interface MasterVersion {
  versionId: string;
  password: string;
  stages: string[];
}

export async function withDemoSecrets<Result>(
  server: DatabaseServerAddress,
  cast: Cast,
  use: (secrets: DemoSecrets) => Promise<Result>,
): Promise<Result> {
  const secretsManager = await startSecretsManager({ region: REGION });
  const client = new SecretsManagerClient({
    endpoint: secretsManager.url,
    region: REGION,
    credentials: CREDENTIALS,
  });
  try {
    return await use(seed(secretsManager, client, server, cast));
  } finally {
    client.destroy();
    await secretsManager.close();
  }
}

const NAMES = { app: 'demo/app', master: 'demo/master' };

function seed(
  { url, seed }: SecretsManagerServer,
  client: SecretsManagerClient,
  server: DatabaseServerAddress,
  cast: Cast,
): DemoSecrets {
  const { app: appArn, master: masterArn } = seedSecrets(seed, { server, cast, names: NAMES }, randomUUID());
  return {
    url,
    masterArn,
    appArn,
    current: async () => {
      const request = new GetSecretValueCommand({ SecretId: appArn, VersionStage: 'AWSCURRENT' });
      const { SecretString: text = '', VersionId: versionId = '' } = await client.send(request);
      return { ...(JSON.parse(text) as Login), versionId };
    },
    putMaster: ({ versionId, password, stages }) => {
      seed.version(masterArn, { versionId, value: masterValue(server, cast, password), stages });
    },
  };
}
