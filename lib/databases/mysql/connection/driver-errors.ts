import {
  DatabaseStatementError,
  DatabaseUnavailableError,
  RotationError,
  TlsNotSupportedError,
  TlsVerificationError,
  UnsupportedAccountError,
  UnsupportedServerError,
} from '../../../errors';
import { refusedLogin, seenAs, unanswered, type ErrorClass, type Role } from './refused-login';
import { SERVER_ERRORS } from './server-errors';
import { tlsFailure } from './tls-failure';

/** Where a failure happened: while connecting as a role, or in a statement, named by a label without values. */
export type Phase = { connecting: Role; to: string } | { statement: string };

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
  /** How the server sees this client, where it says so; for a message. */
  seenAs: string;
  /** What TLS failed for; for a message. */
  tlsFailure: string;
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
    seenAs: typeof message === 'string' ? seenAs(message) : '',
    tlsFailure: tlsFailure(typeof message === 'string' ? message : ''),
    brokeInHandshake:
      code === 'HANDSHAKE_SSL_ERROR' && typeof message === 'string' && BROKEN_HANDSHAKE.test(message),
  };
}

function classify(
  { errno, code, isLost, brokeInHandshake, ...words }: DriverFacts,
  phase: Phase,
): readonly [ErrorClass, string] {
  const role = 'connecting' in phase ? phase.connecting : undefined;
  const refused = errno === undefined ? undefined : refusedLogin(errno, role, words.seenAs);
  if (refused !== undefined) return refused;
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
