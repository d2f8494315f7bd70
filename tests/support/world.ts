import { randomUUID } from 'node:crypto';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { SecretsManagerOptions, SecretsManagerServer } from '../../local/aws/secrets-manager/server';
import { countCalls, type CallCounts } from '../../local/call-counter';
import { steps } from '../../local/steps';
import type { ExecutionRecord } from '../../local/state-machine/execution-record';
import { runStateMachine, type RunOptions } from '../../local/state-machine/run-state-machine';
import { Administrator, connectAs, server, type Login } from './database';
import { interceptWith, startedSecretsManager } from './secrets-endpoint';
import type { SecretDocument, WorldOptions } from './world-options';
import { dropUsers, makeUsers } from './world-users';

export { endSecretsManagerAfterAll, intercepted, useSecretsManager } from './secrets-endpoint';

let counter = 0;

/** Everything that one test needs, with names that no other test uses. */
export class World {
  readonly admin = new Administrator();
  readonly id = `${process.pid}_${(counter += 1)}`;
  readonly database = `db_${this.id}`;
  readonly users: readonly [string, string];
  readonly master: Login = { username: `master_${this.id}`, password: randomUUID() };
  readonly firstPassword = randomUUID();
  masterArn = '';
  secretArn = '';
  private readonly environment: Record<string, string | undefined> = {};

  private constructor(
    readonly secrets: SecretsManagerServer,
    readonly client: SecretsManagerClient,
    private readonly options: WorldOptions,
  ) {
    const base = `app_${this.id}`;
    this.users = options.naming === 'suffix' ? [base, `${base}_clone`] : [`${base}_a`, `${base}_b`];
  }

  static async make(options: WorldOptions = {}): Promise<World> {
    const secrets = await startedSecretsManager();
    const client = new SecretsManagerClient({
      endpoint: secrets.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    const world = new World(secrets, client, options);
    await world.fill();
    return world;
  }

  private async fill(): Promise<void> {
    const { naming = 'pair', environment = {}, secret = {}, master = {} } = this.options;
    const { database, users } = this;
    await makeUsers(this, this.options.currentUser ?? 'exists');
    const endpoint = { engine: 'mysql', host: server.host, port: server.port };
    this.masterArn = this.secrets.seed.secret({
      name: `master-${this.id}`,
      value: JSON.stringify({ ...endpoint, ...this.master, ...master }),
    });
    this.secretArn = this.secrets.seed.secret({
      name: `app-${this.id}`,
      value: JSON.stringify({
        ...endpoint,
        username: users[0],
        password: this.firstPassword,
        dbname: database,
        masterarn: this.masterArn,
        ...secret,
      }),
    });
    this.setEnvironment({
      AWS_ENDPOINT_URL_SECRETS_MANAGER: this.secrets.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      MASTER_SECRET_ARN: this.masterArn,
      ...(naming === 'pair' ? { APP_USER_1: users[0], APP_USER_2: users[1] } : {}),
      ...(server.caBundlePath === undefined ? {} : { DB_CA_BUNDLE_PATH: server.caBundlePath }),
      ...environment,
    });
  }

  /** Settings of the deployer, as a Lambda's environment; undone by `close`. */
  setEnvironment(settings: Record<string, string>): void {
    for (const [name, value] of Object.entries(settings)) {
      if (!(name in this.environment)) this.environment[name] = process.env[name];
      process.env[name] = value;
    }
  }

  /** Runs the state machine on this world's secret, without waiting. */
  rotate(options: Partial<RunOptions> = {}): Promise<ExecutionRecord> {
    return runStateMachine({
      input: { secretId: this.secretArn, owner: 'schedule' },
      handlers: steps,
      timeScale: 0,
      ...options,
    });
  }

  /** Like `rotate`, and tells what it cost. */
  rotateCounted(options: Partial<RunOptions> = {}): Promise<[ExecutionRecord, CallCounts]> {
    return countCalls(() => this.rotate(options));
  }

  /** Every call to Secrets Manager passes here first: to look, to answer late, or to throw an `AwsError`. */
  intercept(listener: NonNullable<SecretsManagerOptions['onCall']>): void {
    interceptWith(listener);
  }

  async secret(stage = 'AWSCURRENT', secretId = this.secretArn): Promise<SecretDocument> {
    const value = await this.client.send(
      new GetSecretValueCommand({ SecretId: secretId, VersionStage: stage }),
    );
    return JSON.parse(value.SecretString ?? '') as SecretDocument;
  }

  /** The version id by label. */
  async labels(): Promise<Record<string, string>> {
    const { VersionIdsToStages: stages = {} } = await this.client.send(
      new DescribeSecretCommand({ SecretId: this.secretArn }),
    );
    return Object.fromEntries(
      Object.entries(stages).flatMap(([versionId, labels]) => labels.map((label) => [label, versionId])),
    );
  }

  /** Writes a version of the application's secret, as its owner could. */
  async putSecret(document: unknown, stage: string, versionId: string = randomUUID()): Promise<string> {
    await this.client.send(
      new PutSecretValueCommand({
        SecretId: this.secretArn,
        ClientRequestToken: versionId,
        SecretString: typeof document === 'string' ? document : JSON.stringify(document),
        VersionStages: [stage],
      }),
    );
    return versionId;
  }

  /** Tells whether the current secret logs in and may read the application's table. */
  async currentSecretWorks(): Promise<boolean> {
    const { username, password, dbname } = await this.secret();
    try {
      const connection = await connectAs({ username, password }, dbname);
      await connection.query('SELECT COUNT(*) FROM item');
      await connection.end();
      return true;
    } catch {
      return false;
    }
  }

  /** What a refused rotation must leave alone: the current version, and both users as the server holds them. */
  async snapshot(): Promise<unknown> {
    const { AWSCURRENT, AWSPREVIOUS } = await this.labels();
    return {
      AWSCURRENT,
      AWSPREVIOUS,
      users: await Promise.all(this.users.map((username) => this.admin.accountsOf(username))),
    };
  }

  async close(): Promise<void> {
    interceptWith(undefined);
    for (const [name, value] of Object.entries(this.environment)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    await dropUsers(this.admin, [...this.users, this.master.username]);
    await this.admin.run(`DROP DATABASE \`${this.database}\``);
    await this.admin.close();
    this.client.destroy();
  }
}
