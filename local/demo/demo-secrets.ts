import { randomUUID } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { startSecretsManager, type SecretsManagerServer } from '../aws/secrets-manager/server';
import type { DatabaseServerAddress } from '../database/database-server';
import type { Cast } from './cast';
import type { Login } from './connect';

export const REGION = 'us-east-1';
export const CREDENTIALS = { accessKeyId: 'demo', secretAccessKey: 'demo' };

/** An AWSCURRENT value as the application reads it. */
export interface CurrentSecret extends Login {
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

export interface MasterVersion {
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

function seed(
  { url, seed }: SecretsManagerServer,
  client: SecretsManagerClient,
  { host, port, ssl }: DatabaseServerAddress,
  { database, master, appUsers }: Cast,
): DemoSecrets {
  // AWS's standard fields; a secret that says nothing about TLS gets it.
  const endpoint = { engine: 'mysql', host, port, ...(ssl ? {} : { ssl }) };
  const masterValue = (password: string) => JSON.stringify({ ...endpoint, ...master, password });
  const masterArn = seed.secret({ name: 'demo/master', value: masterValue(master.password) });
  const login: Login = { username: appUsers[0], password: randomUUID() };
  const appArn = seed.secret({
    name: 'demo/app',
    value: JSON.stringify({ ...endpoint, ...login, dbname: database, masterarn: masterArn }),
  });
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
      seed.version(masterArn, { versionId, value: masterValue(password), stages });
    },
  };
}
