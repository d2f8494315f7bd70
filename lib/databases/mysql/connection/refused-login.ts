import {
  MasterAccountLockedError,
  MasterCredentialRejectedError,
  PendingCredentialRejectedError,
  type RotationError,
} from '../../../errors';

/** Who was logging in; the same refusal means different things. */
export type Role = 'master' | 'pending';

export type ErrorClass = new (message: string) => RotationError;

/**
 * Why an account may not be used although it exists, by error number: ER_ACCOUNT_HAS_BEEN_LOCKED (4151 on MariaDB),
 * ER_USER_ACCESS_DENIED_FOR_USER_ACCOUNT_BLOCKED_BY_PASSWORD_LOCK (4150), ER_MUST_CHANGE_PASSWORD_LOGIN and, in the
 * first statement, ER_MUST_CHANGE_PASSWORD.
 */
const LOCKED = 'it is locked (ALTER USER … ACCOUNT UNLOCK)';
const BLOCKED = 'too many logins failed (ALTER USER … ACCOUNT UNLOCK, or FLUSH PRIVILEGES on MariaDB)';
const EXPIRED = 'its password has expired (give it a new one, and put that into its secret)';

const UNUSABLE: ReadonlyMap<number, string> = new Map([
  [3118, LOCKED],
  [4151, LOCKED],
  [3955, BLOCKED],
  [4150, BLOCKED],
  [1862, EXPIRED],
  [1820, EXPIRED],
]);

/** The numbers of a refused login: ER_ACCESS_DENIED_ERROR, and MariaDB's for a plugin without a password. */
const REFUSED = new Set([1045, 1698]);

const LOGIN_REFUSED: Readonly<Record<Role, readonly [ErrorClass, string]>> = {
  master: [
    MasterCredentialRejectedError,
    'the master password is not accepted (concurrent master rotation?)',
  ],
  pending: [PendingCredentialRejectedError, 'the pending password is not accepted (yet)'],
};

/**
 * What a login that the server refused means, by who asked. The rest of the refusals do not depend on that.
 * @param role `undefined` in a statement, where 1045 is about a right and not about a login
 */
export function refusedLogin(
  errno: number,
  role: Role | undefined,
  seen: string,
): readonly [ErrorClass, string] | undefined {
  if (role !== undefined && REFUSED.has(errno)) {
    const [Refused, meaning] = LOGIN_REFUSED[role];
    return [Refused, `${meaning}${seen}`];
  }
  const unusable = UNUSABLE.get(errno);
  if (unusable === undefined) return undefined;
  return role === 'pending'
    ? [PendingCredentialRejectedError, `the pending account is locked or expired; ${unusable}`]
    : [MasterAccountLockedError, `the account is locked or expired: mend it, then re-drive; ${unusable}`];
}

/** The server quotes the client's address behind the user, or alone; nothing else of the text is taken over. */
const CLIENT = /(?:^Access denied for user '[\s\S]*'@|^Host )'([0-9A-Za-z.:_-]{1,255})'/;

/** How the server sees this client, as a parenthesis for a message; empty where it does not say. */
export function seenAs(words: string): string {
  const [, address] = CLIENT.exec(words) ?? [];
  return address === undefined ? '' : ` (the server sees this Lambda as ${address})`;
}

/** What the network's codes mean while a connection is made. Where nothing is known: what to look at. */
const CONNECTING: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'nothing listens on that port'],
  ['ENOTFOUND', 'the host name does not resolve'],
  ['EAI_AGAIN', 'no name server answered'],
  ['ETIMEDOUT', 'packets are dropped, or what listens there is not MySQL or MariaDB and says nothing'],
  [
    'PROTOCOL_CONNECTION_LOST',
    'the connection was closed before the login: what listens there may be no MySQL or MariaDB, or a proxy without a server',
  ],
]);

export function unanswered(code: string, isConnecting: boolean): string {
  const meaning = isConnecting ? CONNECTING.get(code) : undefined;
  const advice = `no answer (${code}): check the host, security groups and routes`;
  return meaning === undefined ? advice : `${advice}; ${meaning}`;
}
