import type { Account, DatabaseEngine, Endpoint, Login, OwnRights, Pair, PairNames, User } from '../engine';
import { markerOf, type StoredAccount, type StoredUser } from './accounts/account';
import { administrativeRights } from './accounts/administrative';
import { buildStandby } from './standby/build-standby';
import { digestOf, readEffectiveRights } from './rights/effective-rights';
import { flavourOf } from './accounts/flavour';
import { lockPair } from './connection/pair-lock';
import type { PairOnServer } from './standby/pair-on-server';
import { acceptsPassword, hashProver, isKnownHash, isPasswordPlugin } from './passwords/password-hash';
import { requireProvable } from './passwords/provable';
import { readServer, requireSupported } from './connection/server';
import { withSession, type Session } from './connection/session';
import { requireWritable } from './connection/writable';

/** How an account logs in, in words, when that cannot be mirrored. */
function unsupportedLogin({ plugin, authentication }: StoredAccount): string | undefined {
  if (!isPasswordPlugin(plugin)) return `the authentication plugin ${plugin}`;
  return isKnownHash(plugin, authentication) ? undefined : `the format of its ${plugin} hash`;
}

function describeAccount(account: StoredAccount): Account {
  const { host, locked, passwordExpired, unknown } = account;
  return {
    host,
    locked,
    passwordExpired,
    administrative: administrativeRights(account),
    unsupported: unknown,
    unsupportedLogin: unsupportedLogin(account),
  };
}

function describeUser({ username, accounts }: StoredUser): User {
  return { username, accounts: [...accounts.values()].map(describeAccount) };
}

function hostsNotProvedBy(user: StoredUser, password: string): string[] {
  const isProved = hashProver(password);
  return [...user.accounts.values()]
    .filter(
      ({ plugin, authentication }) =>
        !isPasswordPlugin(plugin) || !acceptsPassword(plugin, password) || !isProved(plugin, authentication),
    )
    .map(({ host }) => host);
}

function pairOf(onServer: PairOnServer): Pair {
  return {
    current: describeUser(onServer.current),
    standby: describeUser(onServer.standby),
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
  requireWritable(server.writeGuard);
  const flavour = flavourOf(server);
  await lockPair(session, users, flavour);
  const read = async (username: string) => {
    const user = await flavour.readUser(session, username);
    return server.product === 'MariaDB' ? withoutRoles(user) : user;
  };
  const current = await read(users.current);
  const standby = await read(users.standby);
  requireProvable(current, standby);
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
    signal?: AbortSignal,
  ): Promise<Result> {
    return withSession(
      endpoint,
      master,
      'master',
      this.caBundlePath,
      async (session) => use(pairOf(await readPair(session, users))),
      signal,
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
