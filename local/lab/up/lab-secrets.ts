import type { Seed } from '../../aws/secrets-manager/seed';
import type { DatabaseServerAddress } from '../../database/database-server';
import type { Cast } from '../../demo/cast';

export const SECRET_NAMES = { app: 'app', master: 'master' } as const;

export interface LabSecrets {
  app: string;
  master: string;
}

/** Puts the application's secret and the master's into Secrets Manager. @returns their ARNs */
export function seedLabSecrets(
  seed: Seed,
  { host, port, ssl, product }: DatabaseServerAddress,
  { database, master, appUsers: [username] }: Cast,
  password: string,
): LabSecrets {
  // AWS's standard fields; a secret that says nothing about TLS gets it.
  const endpoint = { engine: product.toLowerCase(), host, port, ...(ssl ? {} : { ssl }) };
  const masterArn = seed.secret({
    name: SECRET_NAMES.master,
    value: JSON.stringify({ ...endpoint, ...master }),
  });
  const app = { ...endpoint, username, password, dbname: database, masterarn: masterArn };
  return { app: seed.secret({ name: SECRET_NAMES.app, value: JSON.stringify(app) }), master: masterArn };
}
