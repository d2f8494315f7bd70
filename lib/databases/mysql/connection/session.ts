import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import {
  DatabaseStatementError,
  MasterPrivilegeError,
  SessionNotPinnedError,
  TlsNotSupportedError,
} from '../../../errors';
import type { Endpoint, Login } from '../../engine';
import { connectionOptions } from './connection-options';
import { translateDriverError, type Phase, type Role } from './driver-errors';
import { PIN_SESSION, PINNED_VARIABLES, requirePinned } from './pinned-session';
import { withValues } from './quote';
import { describeServer, requireSupported, SERVER_VARIABLES } from './server';
import type { Statement } from './statement';

/** Covers TCP, TLS and authentication together; AWS's own rotation functions use 5 seconds too. */
const CONNECT_TIMEOUT_MS = 5_000;

/** One statement. Longer than `lock_wait_timeout` in pinned-session.ts, so that the server gives up first. */
const STATEMENT_TIMEOUT_MS = 25_000;

/** A logged-in session that speaks in labelled statements. */
export interface Session {
  /** The connection is TLS. */
  readonly isEncrypted: boolean;
  /** The server's variables, as SHOW VARIABLES prints them: those that are pinned, and `SERVER_VARIABLES`. */
  readonly variables: ReadonlyMap<string, string>;
  run(statement: Statement): Promise<void>;
  /**
   * @param label names the statement in an error; it holds no value.
   * @param values texts for the `?` of `sql`, in their order
   */
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

function sessionOn({ connection, isEncrypted }: Connected, variables: ReadonlyMap<string, string>): Session {
  const query = async (sql: string, values: readonly string[] = []) => {
    const [rows] = await withinLimit(connection.query<RowDataPacket[]>(withValues(sql, values)));
    return rows;
  };
  return {
    isEncrypted,
    variables,
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
 * Makes statements mean the same on every server, and proves it before anything is read for a decision.
 * @throws {UnsupportedServerError | SessionNotPinnedError}
 */
async function pinned(connected: Connected): Promise<Session> {
  const raw = sessionOn(connected, new Map());
  try {
    await raw.run(PIN_SESSION);
  } catch (error) {
    if (!(error instanceof DatabaseStatementError || error instanceof MasterPrivilegeError)) throw error;
    throw new SessionNotPinnedError(
      `the server does not let the session's variables be set: ${error.message}`,
    );
  }
  const rows = await raw.rows<{ Variable_name: string; Value: string }>(
    "reading the session's variables",
    `SHOW SESSION VARIABLES WHERE Variable_name IN (${[...PINNED_VARIABLES, ...SERVER_VARIABLES].map(() => '?').join(', ')})`,
    [...PINNED_VARIABLES, ...SERVER_VARIABLES],
  );
  const variables = new Map(rows.map(({ Variable_name: name, Value: value }) => [name, value]));
  const server = describeServer(variables.get('version') ?? '', undefined);
  requireSupported(server);
  requirePinned(variables, server.product);
  return sessionOn(connected, variables);
}

/**
 * Logs in, hands the session to `use`, and closes it whatever happens.
 * @throws {MasterCredentialRejectedError | PendingCredentialRejectedError} by `role`, when the login is refused.
 * @throws {UnsupportedServerError | SessionNotPinnedError}
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
    const session = await pinned(connected);
    const result = await use(session);
    await connection.end();
    return result;
  } finally {
    // After a clean end there is nothing left to destroy; after a failure a statement may still be running.
    connection.destroy();
  }
}
