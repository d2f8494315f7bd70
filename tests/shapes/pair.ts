import { cloneUser, type CloneOrder } from '../../local/clone-user';
import type { StandbyReport } from '../../lib/databases/engine';
import { buildStandby } from '../../lib/databases/mysql/standby/build-standby';
import type { StoredUser } from '../../lib/databases/mysql/accounts/account';
import { MysqlEngine, readPair } from '../../lib/databases/mysql/mysql-engine';
import { withSession, type Session } from '../../lib/databases/mysql/connection/session';
import type { Rights } from '../../lib/databases/mysql/rights/rights';
import { describeUser, differencesBetween } from './compare';
import { namesFor, type Names, type Shape } from './shape';
import type { ShapeServer } from './shape-server';

let counter = 0;

/** Always 32 characters, the one length that every plugin takes. */
export function nextPassword(): string {
  counter += 1;
  return `Aa1!-${process.pid}-${counter}-`.padEnd(32, 'x');
}

/** Thrown in place of a statement, as when the process ends there. */
class Stopped extends Error {}

/** Lets `count` statements through, then none; one that the server refuses has changed nothing and does not count. */
function stopping(session: Session, count: number): Session {
  let left = count;
  const pass = async <Answer>(send: () => Promise<Answer>): Promise<Answer> => {
    if (left === 0) throw new Stopped();
    const answer = await send();
    if (answer === undefined) left -= 1;
    return answer;
  };
  return {
    isEncrypted: session.isEncrypted,
    variables: session.variables,
    rows: (label, sql, values) => session.rows(label, sql, values),
    run: (statement) => pass(() => session.run(statement)),
    attempt: (statement, expected) => pass(() => session.attempt(statement, expected)),
  };
}

/** Calls `look` after every statement that changes something. */
function watched(session: Session, look: (sql: string) => Promise<void>): Session {
  return {
    ...session,
    run: async (statement) => {
      await session.run(statement);
      await look(statement.sql);
    },
    attempt: async (statement, expected) => {
      const answer = await session.attempt(statement, expected);
      await look(statement.sql);
      return answer;
    },
  };
}

/** Two users of a shape, of which one is current. */
export class ShapePair {
  readonly users: readonly [string, string];
  readonly names: Names;
  readonly standbyNames: Names;
  readonly firstPassword = nextPassword();
  readonly firstStandbyPassword = nextPassword();

  constructor(
    readonly server: ShapeServer,
    private readonly shape: Shape,
  ) {
    const { fixture } = server;
    const username = shape.username ?? ((prefix: string) => prefix);
    counter += 1;
    const each = `${fixture.prefix}${counter.toString(36)}`;
    this.users = [username(`${each}a`), username(`${each}b`)];
    // What a shape makes beside its users starts with a prefix of its own.
    const own = { ...fixture, prefix: each };
    this.names = namesFor(own, this.users[0], this.firstPassword);
    this.standbyNames = namesFor(own, this.users[1], this.firstStandbyPassword);
  }

  /** Makes the current user as the shape says. */
  async make(): Promise<void> {
    const { identified = 'IDENTIFIED BY', options = '', rights } = this.shape;
    const { user, password } = this.names;
    const secret = identified.endsWith('PASSWORD')
      ? `${identified}(${password})`
      : `${identified} ${password}`;
    await this.server.run(`CREATE USER ${user} ${secret} ${options}`, ...(rights?.(this.names) ?? []));
  }

  private order(password: string, [current, standby]: readonly [string, string]): CloneOrder {
    return { current, standby, password, host: undefined, allowMissing: [], planOnly: false };
  }

  private get rotator() {
    return this.shape.by === 'root' ? this.server.root : this.server.master;
  }

  /** @param direction the current user and its standby; default the one that was made first is current */
  clone(password: string, direction = this.users): Promise<StandbyReport> {
    const { address } = this.server;
    return cloneUser(address, this.rotator, address.caBundlePath, this.order(password, direction));
  }

  /** The same until `count` statements are sent; whatever comes then fails. @returns whether it came to an end */
  async cloneStopped(password: string, count: number): Promise<boolean> {
    const { address } = this.server;
    const [current, standby] = this.users;
    try {
      await withSession(address, this.rotator, 'master', address.caBundlePath, async (session) => {
        const pair = await readPair(session, { current, standby });
        return buildStandby(
          { ...pair, session: stopping(session, count) },
          { rights: { from: 'current' }, password, marker: undefined, allowMissing: [] },
        );
      });
      return true;
    } catch (error) {
      if (error instanceof Stopped) return false;
      throw error;
    }
  }

  /** The same to the end, and `look` is called with every statement after it was sent. */
  async cloneWatched(
    password: string,
    look: (sql: string, standby: StoredUser) => Promise<void> | void,
  ): Promise<void> {
    const { address } = this.server;
    const [current, standby] = this.users;
    await withSession(address, this.rotator, 'master', address.caBundlePath, async (session) => {
      const pair = await readPair(session, { current, standby });
      const watching = watched(session, async (sql) =>
        look(sql, await pair.flavour.readUser(session, standby)),
      );
      return buildStandby(
        { ...pair, session: watching },
        { rights: { from: 'current' }, password, marker: undefined, allowMissing: [] },
      );
    });
  }

  /** Both users' rights at `%`, as the server stores them. */
  async storedRights(): Promise<{ current: Rights; standby: Rights }> {
    const { address } = this.server;
    const [current, standby] = this.users;
    return withSession(address, this.rotator, 'master', address.caBundlePath, async (session) => {
      const pair = await readPair(session, { current, standby });
      const rightsOf = (user: StoredUser): Rights => user.accounts.get('%')?.rights ?? new Map();
      return { current: rightsOf(pair.current), standby: rightsOf(pair.standby) };
    });
  }

  /** Logs in and looks at its own rights, as the rotation's last proof does. */
  async inspect(username: string, password: string) {
    const { address } = this.server;
    return new MysqlEngine(address.caBundlePath).inspectSelf(address, {
      username,
      password,
      tls: 'verified',
    });
  }

  /** How the two differ in what the server has in memory and on disk. */
  async differences(): Promise<string[]> {
    const [current, standby] = this.users;
    return differencesBetween(
      await describeUser(this.server, current),
      await describeUser(this.server, standby),
    );
  }

  /** Drops the users and whatever else the shape made. */
  async drop(): Promise<void> {
    for (const username of this.users) await this.server.dropUser(username);
    await this.server.run(...(this.shape.remove?.(this.names) ?? []));
  }
}
