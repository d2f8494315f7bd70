import { connect as connectSocket } from 'node:net';
import { addAbortSignal } from 'node:stream';
import {
  DatabaseStatementError,
  MasterPrivilegeError,
  SessionNotPinnedError,
  TlsNotSupportedError,
} from '../../../errors';
import type { Endpoint, Login } from '../../engine';
import { connectionOptions } from './connection-options';
import { translateDriverError, type Phase } from './driver-errors';
import { openConnection, type OpenConnection } from './open-connection';
import { PIN_SESSION, PINNED_VARIABLES, requirePinned } from './pinned-session';
import { withValues } from './quote';
import type { Role } from './refused-login';
import { describeServer, requireSupported, SERVER_VARIABLES } from './server';
import type { Statement } from './statement';
import { within } from './within';

/** Covers TCP, TLS and authentication together; AWS's own rotation functions use 5 seconds too. */
const CONNECT_TIMEOUT_MS = 5_000;

/** One statement. Longer than `lock_wait_timeout` in pinned-session.ts, so that the server gives up first. */
const STATEMENT_TIMEOUT_MS = 25_000;

const CHARSET = 'utf8mb4';

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

/** A session that can have another user's in its place. */
export interface UserSession extends Session {
  /**
   * Logs in as another user on the same connection (COM_CHANGE_USER). The server forgets all of the session, and
   * ends the connection when it refuses the login.
   * @throws {PendingCredentialRejectedError} when it does so.
   */
  become(login: Pick<Login, 'username' | 'password'>): Promise<UserSession>;
}

interface Connected {
  connection: OpenConnection;
  isEncrypted: boolean;
  /** Host and port, for messages. */
  server: string;
}

async function connect(
  endpoint: Endpoint,
  login: Login,
  role: Role,
  caBundlePath: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Connected> {
  const server = `${endpoint.host}:${endpoint.port}`;
  const open = (isEncrypted: boolean): Promise<Connected> =>
    translated({ connecting: role, to: server }, async () => {
      const options = {
        ...connectionOptions(endpoint, login, isEncrypted, caBundlePath),
        charset: CHARSET,
        jsonStrings: true,
      };
      const socket = connectSocket(endpoint.port, endpoint.host).setNoDelay();
      if (signal !== undefined) addAbortSignal(signal, socket);
      try {
        const connection = await within(CONNECT_TIMEOUT_MS, openConnection(socket, options));
        return { isEncrypted, server, connection };
      } catch (error) {
        socket.destroy();
        throw error;
      }
    });

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

function sessionOn(connected: Connected, variables: ReadonlyMap<string, string>): UserSession {
  const { connection, isEncrypted, server } = connected;
  // Without values a `?` is a part of a name or a text.
  const query = (sql: string, values: readonly string[] | undefined) =>
    within(STATEMENT_TIMEOUT_MS, connection.query(values === undefined ? sql : withValues(sql, values)));
  return {
    isEncrypted,
    variables,
    run: ({ label, sql }) =>
      translated({ statement: label }, async () => {
        await query(sql, undefined);
      }),
    rows: <Row>(label: string, sql: string, values?: readonly string[]) =>
      translated({ statement: label }, async () => (await query(sql, values)) as Row[]),
    attempt: ({ label, sql }, expected) =>
      translated({ statement: label }, async () => {
        try {
          await query(sql, undefined);
          return undefined;
        } catch (error) {
          const { errno } = error as { errno?: unknown };
          if (typeof errno === 'number' && expected.includes(errno)) return errno;
          throw error;
        }
      }),
    become: async ({ username: user, password }) => {
      await translated({ connecting: 'pending', to: server }, () =>
        within(STATEMENT_TIMEOUT_MS, connection.changeUser({ user, password, charset: CHARSET })),
      );
      return pinned(connected);
    },
  };
}

/** ER_NEW_ABORTING_CONNECTION: a failing `init_connect` is the answer to the first statement, whatever that is. */
const INIT_CONNECT_FAILED = 1184;

async function pin(raw: Session): Promise<void> {
  let aborted: number | undefined;
  try {
    aborted = await raw.attempt(PIN_SESSION, [INIT_CONNECT_FAILED]);
  } catch (error) {
    if (!(error instanceof DatabaseStatementError || error instanceof MasterPrivilegeError)) throw error;
    throw new SessionNotPinnedError(
      `the server does not let the session's variables be set: ${error.message}`,
    );
  }
  if (aborted !== undefined) throw translateDriverError({ errno: aborted }, { statement: PIN_SESSION.label });
}

/**
 * Makes statements mean the same on every server, and proves it before anything is read for a decision.
 * @throws {UnsupportedServerError | SessionNotPinnedError}
 */
async function pinned(connected: Connected): Promise<UserSession> {
  const raw = sessionOn(connected, new Map());
  await pin(raw);
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
 * @param signal closes it when aborted, in the middle of a statement too
 * @throws {MasterCredentialRejectedError | PendingCredentialRejectedError} by `role`, when the login is refused.
 * @throws {UnsupportedServerError | SessionNotPinnedError}
 */
export async function withSession<Result>(
  endpoint: Endpoint,
  login: Login,
  role: Role,
  caBundlePath: string | undefined,
  use: (session: UserSession) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const connected = await connect(endpoint, login, role, caBundlePath, signal);
  const { connection } = connected;
  try {
    const result = await use(await pinned(connected));
    await connection.end();
    return result;
  } finally {
    // After a failure a statement may still be running.
    connection.destroy();
  }
}
