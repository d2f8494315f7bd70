import type { Seed } from '../aws/secrets-manager/seed';
import type { DatabaseServerAddress } from '../database/database-server';
import type { Cast } from './cast';

/** Of each secret: its name, or its ARN. */
interface ApplicationSecrets {
  app: string;
  master: string;
}

/** AWS's standard fields; a secret that says nothing about TLS gets it. */
const endpointOf = ({ host, port, ssl, product }: DatabaseServerAddress) => ({
  engine: product.toLowerCase(),
  host,
  port,
  ...(ssl ? {} : { ssl }),
});

/** The value of the master's secret with this password. */
export function masterValue(server: DatabaseServerAddress, { master }: Cast, password: string): string {
  return JSON.stringify({ ...endpointOf(server), ...master, password });
}

/**
 * Puts the application's secret, which names its first user, and the master's into Secrets Manager.
 * @param password the first user's
 * @returns their ARNs
 */
export function seedSecrets(
  seed: Seed,
  { server, cast, names }: { server: DatabaseServerAddress; cast: Cast; names: ApplicationSecrets },
  password: string,
): ApplicationSecrets {
  const { database, master, appUsers } = cast;
  const masterArn = seed.secret({ name: names.master, value: masterValue(server, cast, master.password) });
  const login = { username: appUsers[0], password };
  const value = { ...endpointOf(server), ...login, dbname: database, masterarn: masterArn };
  return { app: seed.secret({ name: names.app, value: JSON.stringify(value) }), master: masterArn };
}
