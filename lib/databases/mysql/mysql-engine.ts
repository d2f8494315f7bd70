import type {
  Account,
  DatabaseEngine,
  Endpoint,
  Login,
  OwnRights,
  Pair,
  PairNames,
  TlsPolicy,
  User,
} from '../engine';
import { markerOf, type StoredAccount, type StoredUser } from './accounts/account';
import { administrativeRights } from './accounts/administrative';
import { buildStandby } from './standby/build-standby';
import { digestOf, readEffectiveRights } from './rights/effective-rights';
import { flavourOf } from './accounts/flavour';
import { lockPair } from './connection/pair-lock';
import { loginObstacle } from './login/login-obstacle';
import { outsideWarnings } from './outside/outside-warnings';
import type { PairOnServer } from './standby/pair-on-server';
import { acceptsPassword, isHashOf, isKnownHash, isPasswordPlugin } from './passwords/password-hash';
import { readServer, requireSupported } from './connection/server';
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

/** An account's password, or the old one that it retains: the server accepts both. */
function isProvedBy(
  { plugin, authentication, secondAuthentication }: StoredAccount,
  password: string,
): boolean {
  if (!isPasswordPlugin(plugin) || !acceptsPassword(plugin, password)) return false;
  return [authentication, secondAuthentication].some(
    (hash) => hash !== undefined && isHashOf(plugin, hash, password),
  );
}

function hostsNotProvedBy(user: StoredUser, password: string): string[] {
  return [...user.accounts.values()]
    .filter((account) => !isProvedBy(account, password))
    .map(({ host }) => host);
}

/** @param isEncrypted asks whether a login under `tls` is encrypted */
function pairOf(onServer: PairOnServer, isEncrypted: (tls: TlsPolicy) => Promise<boolean>): Pair {
  return {
    current: describeUser(onServer.current),
    standby: describeUser(onServer.standby),
    marker: onServer.marker,
    userNameLimit: onServer.server.userNameLimit,
    hostsNotProvedBy: (password) => hostsNotProvedBy(onServer.current, password),
    loginObstacle: (rights, tls) => loginObstacle(onServer, rights, tls, isEncrypted),
    outsideWarnings: () => outsideWarnings(onServer),
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
      use(pairOf(await readPair(session, users), (tls) => this.isEncrypted(session, endpoint, master, tls))),
    );
  }

  /**
   * Whether a login under `tls` is encrypted. The master's own session shows that, unless it asked for less protection:
   * then the master logs in once more, under `tls`, so that its password is never protected less than before.
   */
  private async isEncrypted(
    session: Session,
    endpoint: Endpoint,
    master: Login,
    tls: TlsPolicy,
  ): Promise<boolean> {
    if (tls === 'off' || session.isEncrypted) return tls !== 'off';
    const isKnown = tls === 'verified-if-offered' && master.tls === 'verified-if-offered';
    if (isKnown) return false;
    return withSession(endpoint, { ...master, tls }, 'master', this.caBundlePath, (other) =>
      Promise.resolve(other.isEncrypted),
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
