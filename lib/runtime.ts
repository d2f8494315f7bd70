import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { readConfig, readKickoffConfig, type Config, type KickoffConfig } from './config';
import { MysqlEngine } from './databases/mysql/mysql-engine';
import { MysqlProbe } from './databases/mysql/probe/mysql-probe';
import type { DatabaseEngine } from './databases/engine';
import type { ConnectionProbe } from './databases/probe';
import type { Executions } from './executions/executions';
import { StepFunctionsExecutions } from './executions/step-functions-executions';
import type { SecretStore } from './secrets/secret-store';
import { SecretsManagerStore } from './secrets/secrets-manager-store';

/**
 * The real clients, made when first asked for and once per container. Functions rather than constants, so that
 * a step without a database carries no driver in its bundle.
 */

let store: SecretStore | undefined;
let workflow: SFNClient | undefined;

/** A call that has no route must fail while the step still has time to say so. */
const limits = () => ({
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
});

/** Region, credentials and endpoint come from the SDK's own environment variables. */
export function secretStore(): SecretStore {
  store ??= new SecretsManagerStore(new SecretsManagerClient(limits()));
  return store;
}

/** The executions of the machine that this deployment names. */
export function executions(): Executions {
  workflow ??= new SFNClient(limits());
  return new StepFunctionsExecutions(workflow, readKickoffConfig().machineArn);
}

export function kickoffConfig(): KickoffConfig {
  return readKickoffConfig();
}

/** Holds settings only; every call opens its own connection. */
export function databaseEngine(): DatabaseEngine {
  return new MysqlEngine(readConfig().caBundlePath);
}

/** The way to the server, for a step that tells which part of it is broken. */
export function connectionProbe(): ConnectionProbe {
  return new MysqlProbe(readConfig().caBundlePath);
}

/** Read at every invocation: it is cheap, and a wrong setting then fails the execution with its name. */
export function config(): Config {
  return readConfig();
}

export function now(): Date {
  return new Date();
}
