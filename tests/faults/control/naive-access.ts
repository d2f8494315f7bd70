import { readFileSync } from 'node:fs';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createConnection, type Connection } from 'mysql2/promise';

interface Secret {
  host: string;
  port: number;
  username: string;
  password: string;
}

/** What the state machine hands to SetSecret and TestSecret, as far as it is read here. */
export interface Input {
  state: { secretArn: string; versionId: string; schemaVersion: number; pendingUser: string };
}

export async function read(client: SecretsManagerClient, id: string, stage: string): Promise<Secret> {
  const { SecretString = '' } = await client.send(
    new GetSecretValueCommand({ SecretId: id, VersionStage: stage }),
  );
  return JSON.parse(SecretString) as Secret;
}

export function connect({ username: user, password, host, port }: Secret): Promise<Connection> {
  const path = process.env['DB_CA_BUNDLE_PATH'];
  return createConnection({
    user,
    password,
    host,
    port,
    ...(path === undefined ? {} : { ssl: { ca: readFileSync(path, 'utf8') } }),
  });
}

export async function logsIn(secret: Secret): Promise<boolean> {
  return connect(secret).then(
    async (connection) => {
      await connection.end();
      return true;
    },
    () => false,
  );
}
