import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createConnection, type Connection } from 'mysql2/promise';

/** ER_ACCESS_DENIED_ERROR of MySQL and MariaDB: the server knows no such user, or another password. */
const REFUSED = 1045;

interface Secret {
  versionId: string | undefined;
  host: string;
  port: number;
  username: string;
  password: string;
  dbname: string;
}

export interface RotatedLogin {
  /** Opens a session. The caller ends it. */
  connect(): Promise<Connection>;
}

/**
 * Logs in with a secret that is rotated, and keeps the secret until the server refuses a login with it.
 *
 * A password that this service set stays valid for one more rotation after it stops being current. A kept secret is
 * therefore refused at the second rotation after it was read; then the secret is read again, and the login is tried
 * once more. No other error makes it read again, and a login with the same version is not repeated, because repeating
 * it counts towards the server's limits on failed logins.
 *
 * @param secretId name or ARN
 * @param authorities PEM text of the authorities that sign the server's certificate, for RDS the bundle that AWS
 *   publishes; by default those that Node trusts
 */
export function rotatedLogin(
  client: SecretsManagerClient,
  secretId: string,
  authorities?: string,
): RotatedLogin {
  let kept: Promise<Secret> | undefined;

  const read = async (): Promise<Secret> => {
    const answer = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
    const fields = JSON.parse(answer.SecretString ?? '') as Omit<Secret, 'versionId'>;
    return { ...fields, versionId: answer.VersionId };
  };

  /** Sessions that are opened at the same moment share one call. A call that failed is not kept. */
  const current = (): Promise<Secret> => {
    if (kept !== undefined) return kept;
    const reading = read();
    kept = reading;
    reading.catch(() => {
      if (kept === reading) kept = undefined;
    });
    return reading;
  };

  const logIn = ({ host, port, username, password, dbname }: Secret): Promise<Connection> =>
    createConnection({
      host,
      port,
      user: username,
      password,
      database: dbname,
      ssl: { verifyIdentity: true, ...(authorities === undefined ? {} : { ca: authorities }) },
    });

  return {
    connect: async () => {
      const used = current();
      const secret = await used;
      try {
        return await logIn(secret);
      } catch (error) {
        if ((error as { errno?: number }).errno !== REFUSED) throw error;
        // Another session may have noticed first, and then the newer secret is there already.
        if (kept === used) kept = undefined;
        const newer = await current();
        if (newer.versionId === secret.versionId) throw error;
        return logIn(newer);
      }
    },
  };
}
