import { randomUUID } from 'node:crypto';
import { isStep } from '../../support/redrive';
import type { Login } from '../../support/database';
import type { World } from '../../support/world';
import { startSns } from '../../../local/aws/sns/server';
import { MACHINE_ARN } from '../../../local/aws/cloud';
import { startFaultCloud, type FaultCloud } from '../harness/fault-cloud';
import { MARKER, OTHER_MARKER } from './confidential';

/** What a handler or an execution came to. */
export interface Outcome {
  /** Name and message, as they leave a Lambda; `undefined` when there was none. */
  error: { name: string; message: string } | undefined;
  value: unknown;
  /** The writing calls to Secrets Manager that the functions made. */
  writes: string[];
  /** Something was said to the database. */
  hasMetDatabase: boolean;
}

const TOPIC_ARN = 'arn:aws:sns:us-east-1:123456789012:rotation-notices';

/** What a RotationToken is here. */
export const ROTATION_TOKEN = `token-${MARKER}-${'t'.repeat(30)}`;

const WRITES = /^(Put|Update|Create|Delete|Restore|Rotate|Cancel|Tag|Untag)/;

/** A pair of users that many cases are tried on, one after the other, each with a secret of its own. */
export class Arena {
  /** The application's login as it is now. */
  login: Login;
  private accounts: string | undefined;
  private number = 0;
  private readonly undone: (() => Promise<void>)[] = [];

  private constructor(
    readonly cloud: FaultCloud,
    readonly world: World,
  ) {
    this.login = { username: world.users[0], password: world.firstPassword };
  }

  static async open(): Promise<Arena> {
    const cloud = await startFaultCloud();
    const sns = await startSns({ topicArns: [TOPIC_ARN] });
    const environment = { AWS_ENDPOINT_URL_SNS: sns.url, NOTICE_TOPIC_ARN: TOPIC_ARN };
    const world = await cloud.makeWorld({ environment });
    world.setEnvironment({ STATE_MACHINE_ARN: MACHINE_ARN, APP_SECRET_ARNS: world.secretArn });
    const arena = new Arena(cloud, world);
    arena.afterwards(() => sns.close());
    await world.admin.run(`ALTER TABLE \`${world.database}\`.item MODIFY id INT AUTO_INCREMENT`);
    return arena;
  }

  /** What no message may hold. */
  get confidential(): string[] {
    return [MARKER, OTHER_MARKER, ROTATION_TOKEN, this.login.password, this.world.master.password];
  }

  get standby(): string {
    const [first, second] = this.world.users;
    return this.login.username === first ? second : first;
  }

  /** A well-formed secret that holds what is true now. */
  document(): Record<string, unknown> {
    const { host, port } = this.cloud.databaseWire;
    const { database: dbname, masterArn: masterarn } = this.world;
    return { engine: 'mysql', host, port, ...this.login, dbname, masterarn };
  }

  /** Makes this case's secret, which is from now on the world's. @returns its current version */
  newSecret(text: string): string {
    const { world, cloud } = this;
    this.number += 1;
    const versionId = randomUUID();
    world.secretArn = cloud.secretsManager.seed.secret({ name: `app-${world.id}-${this.number % 2}` });
    cloud.secretsManager.seed.version(world.secretArn, { versionId, value: text, stages: ['AWSCURRENT'] });
    // The users were another secret's until now.
    world.setEnvironment({
      APP_SECRET_ARNS: world.secretArn,
      ALLOW_TAKEOVER: world.users.map((user) => `${world.secretArn}=${user}`).join(),
    });
    return versionId;
  }

  /** Runs what may fail, and watches what it does to the outside. */
  async attempt(act: () => Promise<unknown>): Promise<Outcome> {
    const outcome: Outcome = { error: undefined, value: undefined, writes: [], hasMetDatabase: false };
    const { interference } = this.cloud;
    interference.onCall = (call) => {
      if (isStep(call) && WRITES.test(call.operation)) outcome.writes.push(call.operation);
    };
    interference.watch = ({ what }) => {
      if (what === 'database') outcome.hasMetDatabase = true;
    };
    await this.requireAccounts();
    try {
      outcome.value = await act();
    } catch (thrown) {
      const { name, message } = thrown as Error;
      outcome.error = { name, message };
    } finally {
      this.cloud.reset();
    }
    return outcome;
  }

  /** Whether the server holds both users as it held them before the attempt. */
  async hasSameAccounts(): Promise<boolean> {
    return (await this.readAccounts()) === this.accounts;
  }

  /** To be called when the users were changed rightly. */
  forgetAccounts(): void {
    this.accounts = undefined;
  }

  private async requireAccounts(): Promise<void> {
    this.accounts ??= await this.readAccounts();
  }

  private async readAccounts(): Promise<string> {
    const { users, admin } = this.world;
    return JSON.stringify(await Promise.all(users.map((username) => admin.accountsOf(username))));
  }

  /** Something to be done before the arena is closed. */
  afterwards(undo: () => Promise<void>): void {
    this.undone.push(undo);
  }

  async close(): Promise<void> {
    await this.cloud.settled();
    for (const undo of this.undone.reverse()) await undo();
    await this.world.close();
    await this.cloud.close();
  }
}
