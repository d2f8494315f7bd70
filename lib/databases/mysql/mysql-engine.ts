import type { Account, DatabaseEngine, Endpoint, Login, OwnRights, Pair, PairNames, User } from '../engine';
import { markerOf, type StoredAccount, type StoredUser } from './accounts/account';
import { readAdministrative } from './accounts/administrators';
import { buildStandby } from './standby/build-standby';
import { digestOf, readEffectiveRights } from './rights/effective-rights';
import { flavourOf } from './accounts/flavour';
import { lockPair } from './connection/pair-lock';
import type { PairOnServer } from './standby/pair-on-server';
import { isHashOf, isKnownHash, isPasswordPlugin } from './passwords/password-hash';
import { readServer, requireSupported } from './connection/server';
import { withSession, type Session } from './connection/session';

/** How an account logs in, in words, when that cannot be mirrored. */
function unsupportedLogin({ plugin, authentication }: StoredAccount): string | undefined {
  if (!isPasswordPlugin(plugin)) return `the authentication plugin ${plugin}`;
  return isKnownHash(plugin, authentication) ? undefined : `the format of its ${plugin} hash`;
}

type Administrative = ReadonlyMap<StoredAccount, string[]>;

function describeAccount(account: StoredAccount, administrative: Administrative): Account {
  const { host, locked, passwordExpired, unknown } = account;
  return {
    host,
    locked,
    passwordExpired,
    administrative: administrative.get(account) ?? [],
    unsupported: unknown,
    unsupportedLogin: unsupportedLogin(account),
  };
}

function describeUser({ username, accounts }: StoredUser, administrative: Administrative): User {
  const described = [...accounts.values()].map((account) => describeAccount(account, administrative));
  return { username, accounts: described };
}

function hostsNotProvedBy(user: StoredUser, password: string): string[] {
  return [...user.accounts.values()]
    .filter(
      ({ plugin, authentication }) =>
        !isPasswordPlugin(plugin) || !isHashOf(plugin, authentication, password),
    )
    .map(({ host }) => host);
}

async function pairOf(onServer: PairOnServer): Promise<Pair> {
  const { session, flavour, server, current, standby } = onServer;
  const administrative = await readAdministrative(session, flavour, server, [current, standby]);
  return {
    current: describeUser(current, administrative),
    standby: describeUser(standby, administrative),
    marker: onServer.marker,
    userNameLimit: onServer.server.userNameLimit,
    hostsNotProvedBy: (password) => hostsNotProvedBy(onServer.current, password),
    buildStandby: (order) => buildStandby(onServer, order),
  };
}

/** MariaDB keeps a role of the same name beside the user, as an account without a host. */
function withoutRoles({ username, accounts }: StoredUser): StoredUser {
  return { username, accounts: new Map([...accounts].filter(([host]) => host !== '')) };
}

/**
 * Reads both users under their lock.
 * @throws {UnsupportedServerError}
 * @throws {DatabaseBusyError}
 */
export async function readPair(session: Session, users: PairNames): Promise<PairOnServer> {
  const server = await readServer(session);
  requireSupported(server);
  const flavour = flavourOf(server);
  await lockPair(session, users);
  const read = async (username: string) => {
    const user = await flavour.readUser(session, username);
    return server.product === 'MariaDB' ? withoutRoles(user) : user;
  };
  const current = await read(users.current);
  const standby = await read(users.standby);
  return { session, server, flavour, current, standby, marker: markerOf(standby) };
}

/** The text before and after the last `@`: a user name may hold one, a host may not. */
function splitAccount(account: string): OwnRights['account'] {
  const at = account.lastIndexOf('@');
  return { username: account.slice(0, at), host: account.slice(at + 1) };
}

/** MySQL and MariaDB behind the port. */
export class MysqlEngine implements DatabaseEngine {
  /** @param caBundlePath PEM file; undefined: the Lambda runtime's authorities and the public ones */
  constructor(private readonly caBundlePath: string | undefined) {}

  withPair<Result>(
    endpoint: Endpoint,
    master: Login,
    users: PairNames,
    use: (pair: Pair) => Promise<Result>,
  ): Promise<Result> {
    return withSession(endpoint, master, 'master', this.caBundlePath, async (session) =>
      use(await pairOf(await readPair(session, users))),
    );
  }

  inspectSelf(endpoint: Endpoint, pending: Login): Promise<OwnRights> {
    return withSession(endpoint, pending, 'pending', this.caBundlePath, async (session) => {
      const [row] = await session.rows<{ account: string; version: string }>(
        'asking who the pending user is',
        'SELECT CURRENT_USER() AS account, VERSION() AS version',
      );
      const account = splitAccount(row?.account ?? '');
      const product = /mariadb/i.test(row?.version ?? '') ? 'MariaDB' : 'MySQL';
      return { account, rightsDigest: digestOf(await readEffectiveRights(session, account, product)) };
    });
  }
}
