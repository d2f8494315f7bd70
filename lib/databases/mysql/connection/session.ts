import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { TlsNotSupportedError } from '../../../errors';
import type { Endpoint, Login } from '../../engine';
import { connectionOptions } from './connection-options';
import { translateDriverError, type Phase } from './driver-errors';
import type { Role } from './refused-login';
import { statement, type Statement } from './statement';

/** Covers TCP, TLS and authentication together; AWS's own rotation functions use 5 seconds too. */
const CONNECT_TIMEOUT_MS = 5_000;

/** One statement. Longer than `lock_wait_timeout` below, so that the server gives up first. */
const STATEMENT_TIMEOUT_MS = 25_000;

/**
 * Pins what statements mean, whatever the server's defaults are. Quoting: no ANSI_QUOTES, no
 * NO_BACKSLASH_ESCAPES, names in SHOW GRANTS in backticks. NO_AUTO_CREATE_USER where it exists: without it a
 * GRANT to an account that vanished would make one without a password. How long a blocked account statement
 * waits: the default is a year, and MariaDB heeds only its own limit. And how long a silent session lives: a
 * paused step loses the lock on its pair, and the right to write with it.
 */
const PIN_SESSION: Statement = statement(
  'preparing the session',
  "SET SESSION sql_mode = IF(VERSION() LIKE '%MariaDB%' OR VERSION() LIKE '5.%', 'NO_AUTO_CREATE_USER', ''), " +
    'sql_quote_show_create = 1, lock_wait_timeout = 20, wait_timeout = 30 /*M! , max_statement_time = 20 */',
);

/** A logged-in session that speaks in labelled statements. */
export interface Session {
  /** The connection is TLS. */
  readonly isEncrypted: boolean;
  run(statement: Statement): Promise<void>;
  /** @param label names the statement in an error; it holds no value. */
  rows<Row>(label: string, sql: string, values?: readonly string[]): Promise<Row[]>;
  /** Like `run`, but answers the server's error number, instead of throwing, when it is one of `expected`. */
  attempt(statement: Statement, expected: readonly number[]): Promise<number | undefined>;
}

interface Connected {
  connection: Connection;
  isEncrypted: boolean;
}

async function connect(
  endpoint: Endpoint,
  login: Login,
  role: Role,
  caBundlePath: string | undefined,
): Promise<Connected> {
  const open = (isEncrypted: boolean): Promise<Connected> =>
    translated({ connecting: role, to: `${endpoint.host}:${endpoint.port}` }, async () => ({
      isEncrypted,
      connection: await createConnection({
        ...connectionOptions(endpoint, login, isEncrypted, caBundlePath),
        connectTimeout: CONNECT_TIMEOUT_MS,
        charset: 'utf8mb4',
        jsonStrings: true,
      }),
    }));

  if (login.tls === 'off') return open(false);
  try {
    return await open(true);
  } catch (error) {
    if (login.tls === 'verified-if-offered' && error instanceof TlsNotSupportedError) return open(false);
    throw error;
  }
}

async function translated<Answer>(phase: Phase, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw translateDriverError(error, phase);
  }
}

/**
 * Fails when the server is silent for too long. Not the driver's own limit, whose timer outlives a connection
 * that is lost and keeps the process alive.
 */
function withinLimit<Answer>(asked: Promise<Answer>): Promise<Answer> {
  const limit = AbortSignal.timeout(STATEMENT_TIMEOUT_MS);
  const expired = new Promise<never>((_resolve, reject) => {
    const fail = () => {
      reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }));
    };
    limit.addEventListener('abort', fail, { once: true });
  });
  return Promise.race([asked, expired]);
}

function sessionOn({ connection, isEncrypted }: Connected): Session {
  const query = async (sql: string, values: readonly string[] = []) => {
    const [rows] = await withinLimit(connection.query<RowDataPacket[]>(sql, [...values]));
    return rows;
  };
  return {
    isEncrypted,
    run: ({ label, sql }) =>
      translated({ statement: label }, async () => {
        await query(sql);
      }),
    rows: <Row>(label: string, sql: string, values?: readonly string[]) =>
      translated({ statement: label }, async () => (await query(sql, values)) as Row[]),
    attempt: ({ label, sql }, expected) =>
      translated({ statement: label }, async () => {
        try {
          await query(sql);
          return undefined;
        } catch (error) {
          const { errno } = error as { errno?: unknown };
          if (typeof errno === 'number' && expected.includes(errno)) return errno;
          throw error;
        }
      }),
  };
}

/**
 * Logs in, hands the session to `use`, and closes it whatever happens.
 * @throws {MasterCredentialRejectedError | PendingCredentialRejectedError} by `role`, when the login is refused.
 */
export async function withSession<Result>(
  endpoint: Endpoint,
  login: Login,
  role: Role,
  caBundlePath: string | undefined,
  use: (session: Session) => Promise<Result>,
): Promise<Result> {
  const connected = await connect(endpoint, login, role, caBundlePath);
  const { connection } = connected;
  try {
    const session = sessionOn(connected);
    await session.run(PIN_SESSION);
    const result = await use(session);
    await connection.end();
    return result;
  } finally {
    // After a clean end there is nothing left to destroy; after a failure a statement may still be running.
    connection.destroy();
  }
}
