import { UnsupportedAccountError } from '../../errors';
import type { Account, DatabaseEngine, Endpoint, Login, OwnRights, Pair, PairNames, User } from '../engine';
import { markerOf, type StoredAccount, type StoredUser } from './accounts/account';
import { administrativeRights } from './accounts/administrative';
import { buildStandby } from './standby/build-standby';
import { digestOf, readEffectiveRights } from './rights/effective-rights';
import { flavourOf } from './accounts/flavour';
import { lockPair } from './connection/pair-lock';
import type { PairOnServer } from './standby/pair-on-server';
import { acceptsPassword, isHashOf, isKnownHash, isPasswordPlugin } from './passwords/password-hash';
import { describeServer, readServer } from './connection/server';
import { withSession, type Session } from './connection/session';

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
  return [...user.accounts.values()]
    .filter(
      ({ plugin, authentication }) =>
        !isPasswordPlugin(plugin) ||
        !acceptsPassword(plugin, password) ||
        !isHashOf(plugin, authentication, password),
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
 * A server drops the blanks at the end of a name in an account statement and counts them at a login, so that such a
 * name would make and read an account that it cannot log in to (tried on MySQL 9.7, MariaDB 10.11 and 11.8).
 */
function requireStorable({ current, standby }: PairNames): void {
  const name = [current, standby].find((one) => one.endsWith(' '));
  if (name === undefined) return;
  throw new UnsupportedAccountError(
    `the user name '${name}' ends in a blank, which the server does not store: take it away in the secret, APP_USER_1 or APP_USER_2, or USERNAME_SUFFIX`,
  );
}

/**
 * Reads both users under their lock.
 * @throws {DatabaseBusyError}
 * @throws {UnsupportedAccountError} for a name that no account can have.
 */
export async function readPair(session: Session, users: PairNames): Promise<PairOnServer> {
  requireStorable(users);
  const server = await readServer(session);
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
      use(pairOf(await readPair(session, users))),
    );
  }

  inspectSelf(endpoint: Endpoint, pending: Login): Promise<OwnRights> {
    return withSession(endpoint, pending, 'pending', this.caBundlePath, async (session) => {
      const [row] = await session.rows<{ account: string }>(
        'asking who the pending user is',
        'SELECT CURRENT_USER() AS account',
      );
      const account = splitAccount(row?.account ?? '');
      const { product } = describeServer(session.variables.get('version') ?? '', undefined);
      return { account, rightsDigest: digestOf(await readEffectiveRights(session, account, product)) };
    });
  }
}
