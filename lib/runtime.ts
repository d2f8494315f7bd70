import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import {
  readAgeConfig,
  readConfig,
  readKickoffConfig,
  readNoticeConfig,
  type Config,
  type KickoffConfig,
} from './config';
import { MysqlEngine } from './databases/mysql/mysql-engine';
import { MysqlProbe } from './databases/mysql/probe/mysql-probe';
import type { DatabaseEngine } from './databases/engine';
import type { ConnectionProbe } from './databases/probe';
import type { ExecutionRecords } from './executions/execution-records';
import type { Executions } from './executions/executions';
import { StepFunctionsExecutions } from './executions/step-functions-executions';
import { StepFunctionsRecords } from './executions/step-functions-records';
import type { Notices } from './notices/notices';
import { SnsNotices } from './notices/sns-notices';
import type { SecretStore } from './secrets/secret-store';
import { SecretsManagerStore } from './secrets/secrets-manager-store';
import { SecretsManagerVersionDates } from './secrets/secrets-manager-version-dates';
import type { VersionDates } from './secrets/version-dates';

/**
 * The real clients, made when first asked for and once per container. Functions rather than constants, so that
 * a step without a database carries no driver in its bundle.
 */

let store: SecretStore | undefined;
let dates: VersionDates | undefined;
let workflow: SFNClient | undefined;
let topics: SNSClient | undefined;

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

/** Executions of any machine: the event that a report is about names them. */
export function executionRecords(): ExecutionRecords {
  workflow ??= new SFNClient(limits());
  return new StepFunctionsRecords(workflow);
}

/** The topic that this deployment names. */
export function notices(): Notices {
  topics ??= new SNSClient(limits());
  return new SnsNotices(topics, readNoticeConfig().topicArn);
}

export function noticeConfig(): ReturnType<typeof readNoticeConfig> {
  return readNoticeConfig();
}

export function versionDates(): VersionDates {
  dates ??= new SecretsManagerVersionDates(new SecretsManagerClient(limits()));
  return dates;
}

export function ageConfig(): ReturnType<typeof readAgeConfig> {
  return readAgeConfig();
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
