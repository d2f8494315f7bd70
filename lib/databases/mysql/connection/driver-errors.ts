import {
  ClientHostRefusedError,
  DatabaseBusyError,
  DatabaseStatementError,
  DatabaseUnavailableError,
  MasterPrivilegeError,
  RotationError,
  TlsNotSupportedError,
  TlsVerificationError,
  UnsupportedAccountError,
  UnsupportedServerError,
} from '../../../errors';
import {
  preventingOption,
  refusedLogin,
  seenAs,
  unanswered,
  type ErrorClass,
  type Role,
} from './refused-login';
import { tlsFailure } from './tls-failure';

/** Where a failure happened: while connecting as a role, or in a statement, named by a label without values. */
export type Phase = { connecting: Role; to: string } | { statement: string };

/**
 * Server errors and what they mean. Numbers, not the driver's code names: those are MySQL's also when MariaDB
 * means something else by a number. Whether an error is retried is its class's decision (lib/errors.ts).
 * https://dev.mysql.com/doc/mysql-errors/9.7/en/server-error-reference.html
 * https://mariadb.com/docs/server/reference/error-codes/mariadb-error-code-reference
 */
const SERVER_ERRORS: ReadonlyMap<number, readonly [ErrorClass, string]> = new Map([
  // The server cannot now, and will later: retried.
  [1040, [DatabaseBusyError, 'too many connections (ER_CON_COUNT_ERROR)']],
  [1203, [DatabaseBusyError, 'too many connections of this user (ER_TOO_MANY_USER_CONNECTIONS)']],
  [1226, [DatabaseBusyError, 'a resource limit of this user is used up (ER_USER_LIMIT_REACHED)']],
  [1053, [DatabaseBusyError, 'the server is shutting down (ER_SERVER_SHUTDOWN)']],
  [3032, [DatabaseBusyError, 'the server is in offline mode (ER_SERVER_OFFLINE_MODE)']],
  [1205, [DatabaseBusyError, 'a lock was not had in time (ER_LOCK_WAIT_TIMEOUT)']],
  [1213, [DatabaseBusyError, 'a deadlock was broken (ER_LOCK_DEADLOCK)']],
  [1317, [DatabaseBusyError, 'the statement was interrupted (ER_QUERY_INTERRUPTED)']],
  [3024, [DatabaseBusyError, 'the statement took too long (ER_QUERY_TIMEOUT)']],
  [1969, [DatabaseBusyError, 'the statement took too long (MariaDB ER_STATEMENT_TIMEOUT)']],
  [
    1290,
    [DatabaseBusyError, 'the server is read only (ER_OPTION_PREVENTS_STATEMENT): a reader, or a failover'],
  ],
  [1836, [DatabaseBusyError, 'the server is read only (ER_READ_ONLY_MODE): a reader, or a failover']],
  [4031, [DatabaseUnavailableError, 'the session was idle for too long (ER_CLIENT_INTERACTION_TIMEOUT)']],
  // A proxy in between answers with numbers of its own.
  [9001, [DatabaseBusyError, 'ProxySQL reached no server in time (9001): look at its hostgroups']],
  [
    9501,
    [
      DatabaseBusyError,
      'RDS Proxy had no connection to give in time (9501): all are in use, or it has no valid secret for the database',
    ],
  ],
  // The connection may not be had: an operator must act.
  [1130, [ClientHostRefusedError, 'no account allows this address (ER_HOST_NOT_PRIVILEGED)']],
  [
    1129,
    [
      ClientHostRefusedError,
      'this address is blocked (ER_HOST_IS_BLOCKED): TRUNCATE TABLE performance_schema.host_cache lifts it',
    ],
  ],
  [3159, [TlsVerificationError, 'the server wants TLS, and `ssl` is false (ER_SECURE_TRANSPORT_REQUIRED)']],
  [
    1251,
    [
      UnsupportedAccountError,
      'the account wants a way to log in that is not known here (ER_NOT_SUPPORTED_AUTH_MODE)',
    ],
  ],
  [
    1524,
    [UnsupportedAccountError, "the account's authentication plugin is not loaded (ER_PLUGIN_IS_NOT_LOADED)"],
  ],
  [
    1184,
    [
      DatabaseStatementError,
      "the server's variable init_connect holds statements that fail for this user (ER_NEW_ABORTING_CONNECTION): correct it, or give the user the rights that they need",
    ],
  ],
  // The master lacks a right: the statement was refused, not the login.
  [1044, [MasterPrivilegeError, 'the master has no right on this database (ER_DBACCESS_DENIED_ERROR)']],
  [1045, [MasterPrivilegeError, 'the master lacks a global right (ER_ACCESS_DENIED_ERROR)']],
  [1142, [MasterPrivilegeError, 'the master has no right on this table (ER_TABLEACCESS_DENIED_ERROR)']],
  [1143, [MasterPrivilegeError, 'the master has no right on this column (ER_COLUMNACCESS_DENIED_ERROR)']],
  [1227, [MasterPrivilegeError, 'the master lacks a right (ER_SPECIFIC_ACCESS_DENIED_ERROR)']],
  [1698, [MasterPrivilegeError, 'the master may not give this (MariaDB ER_ACCESS_DENIED_NO_PASSWORD_ERROR)']],
  [1133, [MasterPrivilegeError, 'the account vanished meanwhile (ER_PASSWORD_NO_MATCH)']],
  [1410, [MasterPrivilegeError, 'the account vanished meanwhile (ER_CANT_CREATE_USER_WITH_GRANT)']],
  [3879, [MasterPrivilegeError, 'a partial revoke of the master is in the way (ER_PARTIAL_REVOKES_EXIST)']],
]);

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
]);

/** The few fields of a driver's error that hold no statement and no value. */
interface DriverFacts {
  errno: number | undefined;
  code: string | undefined;
  /** How the server sees this client, where it says so; for a message. */
  seenAs: string;
  /** The option that prevents a statement, where it is another than one that makes a server read only. */
  option: string | undefined;
  /** What TLS failed for; for a message. */
  tlsFailure: string;
  /** The connection broke before TLS was there: the driver calls that a failure of TLS. */
  brokeInHandshake: boolean;
}

/** Node's words for it; read to tell the two apart, and not passed on. */
const BROKEN_HANDSHAKE = /socket disconnected before secure TLS connection|ECONNRESET|EPIPE|ETIMEDOUT/;

function factsOf(error: unknown): DriverFacts {
  const { errno, code, message } = (error ?? {}) as { errno?: unknown; code?: unknown; message?: unknown };
  return {
    // Network errors carry the operating system's negative errno.
    errno: typeof errno === 'number' && errno > 0 ? errno : undefined,
    code: typeof code === 'string' ? code : undefined,
    seenAs: typeof message === 'string' ? seenAs(message) : '',
    option: typeof message === 'string' ? preventingOption(message) : undefined,
    tlsFailure: tlsFailure(typeof message === 'string' ? message : ''),
    brokeInHandshake:
      code === 'HANDSHAKE_SSL_ERROR' && typeof message === 'string' && BROKEN_HANDSHAKE.test(message),
  };
}

function classify(
  { errno, code, brokeInHandshake, ...words }: DriverFacts,
  phase: Phase,
): readonly [ErrorClass, string] {
  const role = 'connecting' in phase ? phase.connecting : undefined;
  const refused = errno === undefined ? undefined : refusedLogin(errno, role, words.seenAs);
  if (refused !== undefined) return refused;
  if (errno === 1290 && words.option !== undefined) {
    return [
      DatabaseStatementError,
      `the server runs with --${words.option}, which does not allow this (ER_OPTION_PREVENTS_STATEMENT): start it without`,
    ];
  }
  const known = errno === undefined ? undefined : SERVER_ERRORS.get(errno);
  if (known !== undefined) return [known[0], `${known[1]}${words.seenAs}`];
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
    return [TlsVerificationError, words.tlsFailure];
  }
  if (code !== undefined && NETWORK_CODES.has(code)) {
    return [DatabaseUnavailableError, unanswered(code, role !== undefined)];
  }
  // The driver reads what is no greeting of MySQL's as one. The X protocol's is an example (tried).
  if (role !== undefined && code === 'ERR_OUT_OF_RANGE') {
    return [
      UnsupportedServerError,
      "what answers on that port does not speak MySQL's protocol: check host and port in the secret (33060 is the X protocol's port, 3306 the usual one)",
    ];
  }
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
