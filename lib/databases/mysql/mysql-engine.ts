import { UnsupportedAccountError } from '../../errors';
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
import { readAdministrative } from './accounts/administrators';
import { buildStandby } from './standby/build-standby';
import { readOwnRights, readRightsOf } from './rights/own-rights';
import { flavourOf } from './accounts/flavour';
import { lockPair } from './connection/pair-lock';
import { loginObstacle } from './login/login-obstacle';
import type { PairOnServer } from './standby/pair-on-server';
import { hashProver, isKnownHash, isPasswordPlugin } from './passwords/password-hash';
import { requireProvable } from './passwords/provable';
import { readServer } from './connection/server';
import { restoreStandby } from './standby/restore-standby';
import { unusablePassword } from './passwords/unusable-password';
import { withSession, type Session } from './connection/session';
import { requireWritable } from './connection/writable';

/** How an account logs in, in words, when that cannot be mirrored. */
function unsupportedLogin({ plugin, authentication }: StoredAccount): string | undefined {
  if (!isPasswordPlugin(plugin)) return `the authentication plugin ${plugin}`;
  return isKnownHash(plugin, authentication) ? undefined : `the format of its ${plugin} hash`;
}

type Administrative = ReadonlyMap<StoredAccount, string[]>;

function describeAccount(account: StoredAccount, administrative: Administrative): Account {
  const { host, locked, passwordExpired, marker, unknown } = account;
  return {
    host,
    locked,
    passwordExpired,
    administrative: administrative.get(account) ?? [],
    unsupported: unknown,
    unsupportedLogin: unsupportedLogin(account),
    marker,
  };
}

function describeUser({ username, accounts }: StoredUser, administrative: Administrative): User {
  const described = [...accounts.values()].map((account) => describeAccount(account, administrative));
  return { username, accounts: described };
}

/** An account's password, or the old one that it retains: the server accepts both. */
function isProvedBy(
  { plugin, authentication, secondAuthentication }: StoredAccount,
  isProved: ReturnType<typeof hashProver>,
): boolean {
  if (!isPasswordPlugin(plugin)) return false;
  return [authentication, secondAuthentication].some((hash) => hash !== undefined && isProved(plugin, hash));
}

function hostsNotProvedBy(user: StoredUser, password: string): string[] {
  const isProved = hashProver(password);
  return [...user.accounts.values()]
    .filter((account) => !isProvedBy(account, isProved))
    .map(({ host }) => host);
}

function hostsBuiltWith(user: StoredUser, password: string): string[] {
  const isProved = hashProver(password);
  const isUnusable = hashProver(unusablePassword(user.username, password));
  return [...user.accounts.values()]
    .filter((account) => isProvedBy(account, isProved) || (account.locked && isProvedBy(account, isUnusable)))
    .map(({ host }) => host);
}

/** @param isEncrypted asks whether a login under `tls` is encrypted */
async function pairOf(
  onServer: PairOnServer,
  isEncrypted: (tls: TlsPolicy) => Promise<boolean>,
): Promise<Pair> {
  const { session, flavour, server, current, standby } = onServer;
  const administrative = await readAdministrative(session, flavour, server, [current, standby]);
  return {
    current: describeUser(current, administrative),
    standby: describeUser(standby, administrative),
    marker: onServer.marker,
    userNameLimit: onServer.server.userNameLimit,
    hostsNotProvedBy: (password) => hostsNotProvedBy(onServer.current, password),
    loginObstacle: (rights, tls) => loginObstacle(onServer, rights, tls, isEncrypted),
    standbyHostsProvedBy: (password) => hostsBuiltWith(onServer.standby, password),
    buildStandby: (order) => buildStandby(onServer, order),
    restoreStandby: (restoration) => restoreStandby(onServer, restoration),
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
      async (session) =>
        use(
          await pairOf(await readPair(session, users), (tls) =>
            this.isEncrypted(session, endpoint, master, tls),
          ),
        ),
      signal,
    );
  }

  /**
   * Whether a login under `tls` is encrypted. The master's own session tells, unless it asked for less protection:
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

  inspectSelf(
    endpoint: Endpoint,
    pending: Login,
    current?: Login,
  ): Promise<OwnRights & { current?: OwnRights | undefined }> {
    return withSession(endpoint, pending, 'pending', this.caBundlePath, async (session) => {
      const own = await readOwnRights(session);
      return { ...own, current: current && (await readRightsOf(session, current)) };
    });
  }
}
