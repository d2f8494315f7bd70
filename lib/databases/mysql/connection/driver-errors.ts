import {
  AccountTooLargeError,
  DatabaseStatementError,
  DatabaseUnavailableError,
  MasterAccountLockedError,
  MasterCredentialRejectedError,
  PendingCredentialRejectedError,
  RotationError,
  TlsNotSupportedError,
  TlsVerificationError,
  UnsupportedAccountError,
} from '../../../errors';
import { ANSWER_TOO_LONG, LONGEST_ANSWER_MIB } from './answer-limit';
import { SERVER_ERRORS, type ErrorClass } from './server-errors';

/** Who was logging in; the same refusal means different things. */
export type Role = 'master' | 'pending';

/** Where a failure happened: while connecting as a role, or in a statement, named by a label without values. */
export type Phase = { connecting: Role; to: string } | { statement: string };

/** What a refused login means, by role. The rest of the refusals do not depend on who asks. */
const LOGIN_REFUSED: Readonly<Record<Role, readonly [ErrorClass, string]>> = {
  master: [
    MasterCredentialRejectedError,
    'the master password is not accepted (concurrent master rotation?)',
  ],
  pending: [PendingCredentialRejectedError, 'the pending password is not accepted (yet)'],
};

/**
 * The login was right or not, and the account may not be used: ER_ACCOUNT_HAS_BEEN_LOCKED,
 * ER_USER_ACCESS_DENIED_FOR_USER_ACCOUNT_BLOCKED_BY_PASSWORD_LOCK, 4151 and 4150 on MariaDB;
 * ER_MUST_CHANGE_PASSWORD_LOGIN and, in the first statement, ER_MUST_CHANGE_PASSWORD.
 */
const UNUSABLE = new Set([3118, 3955, 4151, 4150, 1862, 1820]);

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENETRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
]);

/** The few fields of a driver's error that hold no statement and no value. */
interface DriverFacts {
  errno: number | undefined;
  code: string | undefined;
  /** The connection is over: the driver's own failures, and what the server said when nothing was asked. */
  isLost: boolean;
  /** The connection broke before TLS was there: the driver calls that a failure of TLS. */
  brokeInHandshake: boolean;
}

/** Node's words for it; read to tell the two apart, and not passed on. */
const BROKEN_HANDSHAKE =
  /socket disconnected before secure TLS connection|\bE(?:CONNRESET|CONNABORTED|PIPE|TIMEDOUT|HOSTUNREACH|HOSTDOWN|NETUNREACH|NETDOWN|NETRESET)\b/;

function factsOf(error: unknown): DriverFacts {
  const { errno, code, message, fatal } = (error ?? {}) as {
    errno?: unknown;
    code?: unknown;
    message?: unknown;
    fatal?: unknown;
  };
  // What the server says when nothing was asked has its number in `code`.
  const number = errno ?? code;
  return {
    // Network errors carry the operating system's negative errno.
    errno: typeof number === 'number' && number > 0 ? number : undefined,
    code: typeof code === 'string' ? code : undefined,
    isLost: fatal === true,
    brokeInHandshake:
      code === 'HANDSHAKE_SSL_ERROR' && typeof message === 'string' && BROKEN_HANDSHAKE.test(message),
  };
}

function classify(
  { errno, code, isLost, brokeInHandshake }: DriverFacts,
  phase: Phase,
): readonly [ErrorClass, string] {
  const role = 'connecting' in phase ? phase.connecting : undefined;
  if (role !== undefined && (errno === 1045 || errno === 1698)) return LOGIN_REFUSED[role];
  if (errno !== undefined && UNUSABLE.has(errno)) {
    return role !== 'pending'
      ? [MasterAccountLockedError, 'the account is locked or expired: mend it, then re-drive']
      : [PendingCredentialRejectedError, 'the pending account is locked or expired'];
  }
  const known = errno === undefined ? undefined : SERVER_ERRORS.get(errno);
  if (known !== undefined) return known;
  if (code === 'AUTH_SWITCH_PLUGIN_ERROR') {
    return [UnsupportedAccountError, 'the account wants a way to log in that the driver does not know'];
  }
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT') {
    return [
      TlsNotSupportedError,
      'the server offers no TLS; `ssl: false` in the secret would allow plaintext',
    ];
  }
  if (brokeInHandshake) {
    return [DatabaseUnavailableError, 'the connection broke while TLS was being set up'];
  }
  if (code === 'HANDSHAKE_SSL_ERROR') {
    return [
      TlsVerificationError,
      "the server's certificate or host name could not be verified: check DB_CA_BUNDLE_PATH, the certificate's dates, and that the secret's host is a name in it (an address, an IP address)",
    ];
  }
  if (code === ANSWER_TOO_LONG) {
    return [
      AccountTooLargeError,
      `the server's answer has more than ${LONGEST_ANSWER_MIB} MiB, and was cut off: take away rights of the user that a right on a whole database, or a role, can stand for`,
    ];
  }
  if (code !== undefined && NETWORK_CODES.has(code)) {
    return [DatabaseUnavailableError, `no answer (${code}): check the host, security groups and routes`];
  }
  if (isLost) return [DatabaseUnavailableError, 'the connection was lost'];
  return [
    DatabaseStatementError,
    `refused (${errno === undefined ? (code ?? 'no code') : `error ${errno}`})`,
  ];
}

/**
 * Turns whatever the driver threw into one of our errors. The driver's message and its `sql`, which holds the
 * whole statement, are left behind: only number, code and our own label go on.
 */
export function translateDriverError(error: unknown, phase: Phase): RotationError {
  if (error instanceof RotationError) return error;
  const [Translated, meaning] = classify(factsOf(error), phase);
  const subject =
    'connecting' in phase ? `logging in to ${phase.to} as the ${phase.connecting} user` : phase.statement;
  return new Translated(`${subject}: ${meaning}`);
}
