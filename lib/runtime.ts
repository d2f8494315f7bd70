import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readConfig, type Config } from './config';
import { MysqlEngine } from './databases/mysql/mysql-engine';
import type { DatabaseEngine } from './databases/engine';
import type { SecretStore } from './secrets/secret-store';
import { SecretsManagerStore } from './secrets/secrets-manager-store';

/**
 * The real clients, made when first asked for and once per container. Functions rather than constants, so that
 * a step without a database carries no driver in its bundle.
 */

let store: SecretStore | undefined;

/** Region, credentials and endpoint come from the SDK's own environment variables. */
export function secretStore(): SecretStore {
  store ??= new SecretsManagerStore(
    new SecretsManagerClient({
      maxAttempts: 3,
      // A VPC without a route to Secrets Manager must fail while the step still has time to say so.
      requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 },
    }),
  );
  return store;
}

/** Holds settings only; every call opens its own connection. */
export function databaseEngine(): DatabaseEngine {
  return new MysqlEngine(readConfig().caBundlePath);
}

/** Read at every invocation: it is cheap, and a wrong setting then fails the execution with its name. */
export function config(): Config {
  return readConfig();
}

export function now(): Date {
  return new Date();
}
