import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { TlsNotSupportedError } from '../../errors';
import type { Endpoint, Login } from '../engine';
import { translateDriverError, type Phase, type Role } from './driver-errors';
import { verifiedTls } from './tls';

/** Covers TCP, TLS and authentication together; AWS's own rotation functions use 5 seconds too. */
const CONNECT_TIMEOUT_MS = 5_000;

/** One statement. Longer than `lock_wait_timeout` below, so that the server gives up first. */
const STATEMENT_TIMEOUT_MS = 25_000;

/**
 * Pins what statements mean, whatever the server's defaults are: quoting (no ANSI_QUOTES, no
 * NO_BACKSLASH_ESCAPES), how long a blocked account statement waits (the default is a year), and how long a
 * silent session lives: a paused step loses the lock on its pair, and the right to write with it.
 */
const PIN_SESSION = "SET SESSION sql_mode = '', lock_wait_timeout = 20, wait_timeout = 30";

/** A logged-in session that speaks in labelled statements. */
export interface Session {
  /** @param label names the statement in an error; it holds no value. */
  run(label: string, sql: string): Promise<void>;
  rows<Row>(label: string, sql: string, values?: readonly string[]): Promise<Row[]>;
  /** Like `run`, but answers `refused` instead of throwing when the server's error number is `expected`. */
  attempt(label: string, sql: string, expected: number): Promise<'done' | 'refused'>;
}

async function connect(
  endpoint: Endpoint,
  login: Login,
  role: Role,
  caBundlePath: string | undefined,
): Promise<Connection> {
  const open = (secure: boolean) =>
    translated({ connecting: role, to: `${endpoint.host}:${endpoint.port}` }, () =>
      createConnection({
        host: endpoint.host,
        port: endpoint.port,
        user: login.username,
        password: login.password,
        connectTimeout: CONNECT_TIMEOUT_MS,
        charset: 'utf8mb4',
        // A server must not be able to ask for files of the client.
        flags: ['-LOCAL_FILES'],
        jsonStrings: true,
        ...(secure ? { ssl: verifiedTls(caBundlePath) } : {}),
      }),
    );

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

function sessionOn(connection: Connection): Session {
  const query = async (sql: string, values: readonly string[] = []) => {
    const [rows] = await connection.query<RowDataPacket[]>({
      sql,
      values: [...values],
      timeout: STATEMENT_TIMEOUT_MS,
    });
    return rows;
  };
  return {
    run: (label, sql) =>
      translated({ statement: label }, async () => {
        await query(sql);
      }),
    rows: <Row>(label: string, sql: string, values?: readonly string[]) =>
      translated({ statement: label }, async () => (await query(sql, values)) as Row[]),
    attempt: (label, sql, expected) =>
      translated({ statement: label }, async () => {
        try {
          await query(sql);
          return 'done';
        } catch (error) {
          if ((error as { errno?: unknown }).errno === expected) return 'refused';
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
  const connection = await connect(endpoint, login, role, caBundlePath);
  try {
    const session = sessionOn(connection);
    await session.run('preparing the session', PIN_SESSION);
    const result = await use(session);
    await connection.end();
    return result;
  } finally {
    // After a clean end there is nothing left to destroy; after a failure a statement may still be running.
    connection.destroy();
  }
}
