import { SessionNotPinnedError } from '../../../errors';
import type { Server } from './server';
import { statement, type Statement } from './statement';

/**
 * A session variable that can change the meaning or the completeness of a statement of this adapter. A server's
 * global settings, its `init_connect` or a proxy in front of it may have set it.
 */
interface Pin {
  variable: string;
  /** As SET takes it. */
  value: string;
  /** As SHOW VARIABLES prints `value`; undefined where it prints something else each time. */
  shown: string | undefined;
  /** The one product that knows the variable. */
  on?: Server['product'];
}

const pin = (variable: string, value: string, shown: string | undefined, on?: Pin['on']): Pin => ({
  variable,
  value,
  shown,
  ...(on === undefined ? {} : { on }),
});

/** The largest value, which is no limit; DEFAULT would be the server's global value. */
const NO_LIMIT = '18446744073709551615';

/**
 * Only variables that every user may set (tried with a user without rights on MySQL 9.7, MariaDB 10.11 and 11.8).
 * https://dev.mysql.com/doc/refman/9.7/en/server-system-variables.html
 * https://mariadb.com/docs/server/server-management/variables-and-modes/server-system-variables
 */
const PINS: readonly Pin[] = [
  // Quoting: no ANSI_QUOTES, no NO_BACKSLASH_ESCAPES. MariaDB: no GRANT may make an account without a password.
  pin('sql_mode', '0', '', 'MySQL'),
  pin('sql_mode', "'NO_AUTO_CREATE_USER'", 'NO_AUTO_CREATE_USER', 'MariaDB'),
  // SHOW GRANTS prints names in backticks.
  pin('sql_quote_show_create', '1', 'ON'),
  // Every row of an answer, and nothing of it cut off.
  pin('sql_select_limit', NO_LIMIT, NO_LIMIT),
  pin('sql_big_selects', '1', 'ON'),
  pin('sql_safe_updates', '0', 'OFF'),
  pin('sql_auto_is_null', '0', 'OFF'),
  // The most that MariaDB takes.
  pin('group_concat_max_len', '1073741824', '1073741824'),
  // MySQL lets administrators only set it.
  pin('max_error_count', '64', '64', 'MariaDB'),
  // A second reading sees what others have written since the first.
  pin('autocommit', '1', 'ON'),
  pin('completion_type', '0', 'NO_CHAIN'),
  pin('transaction_isolation', "'READ-COMMITTED'", 'READ-COMMITTED', 'MySQL'),
  pin('tx_isolation', "'READ-COMMITTED'", 'READ-COMMITTED', 'MariaDB'),
  pin('transaction_read_only', '0', 'OFF', 'MySQL'),
  pin('tx_read_only', '0', 'OFF', 'MariaDB'),
  // An account's password is as old as this clock says.
  pin('timestamp', 'DEFAULT', undefined),
  // PASSWORD() makes hashes of the format in use.
  pin('old_passwords', '0', 'OFF', 'MariaDB'),
  // How long a blocked account statement waits: the default is a year, and MariaDB heeds only its own limit.
  pin('lock_wait_timeout', '20', '20'),
  pin('max_execution_time', '20000', '20000', 'MySQL'),
  pin('max_statement_time', '20', '20.000000', 'MariaDB'),
  // A paused step loses the lock on its pair, and the right to write with it.
  pin('wait_timeout', '30', '30'),
];

/** What SET NAMES sets. Names are compared by their code points wherever no column says otherwise. */
const CHARACTER_SET: Readonly<Record<string, string>> = {
  character_set_client: 'utf8mb4',
  character_set_connection: 'utf8mb4',
  character_set_results: 'utf8mb4',
  collation_connection: 'utf8mb4_bin',
};

/**
 * What is judged and not set, because only administrators may set it, because not every server has it, or because
 * MariaDB checks every assignment before it makes the first (`skip_replication` cannot change in a transaction):
 * whether the statements of this session reach the replicas, or the other nodes of a Galera cluster, and whether a
 * transaction is open.
 */
const REQUIRED: Readonly<Record<string, string>> = {
  sql_log_bin: 'ON',
  skip_replication: 'OFF',
  wsrep_osu_method: 'TOI',
  in_transaction: '0',
};

const assignments = (pins: readonly Pin[]): string =>
  pins.map(({ variable, value }) => `${variable} = ${value}`).join(', ');

const only = (on: Pin['on']): string => assignments(PINS.filter((one) => one.on === on));

/**
 * The first statement of a session. It is ASCII, and no text in it holds more than letters, so that it means the
 * same in every character set that a client may have and in every sql_mode. Turning autocommit off and on again ends
 * a transaction that `init_connect` began (Reference Manual, "SET Syntax for Variable Assignment": assignments take
 * effect one after the other). MariaDB ignores comments of MySQL's versions from 5.7 on, and MySQL those of MariaDB.
 */
export const PIN_SESSION: Statement = statement(
  'preparing the session',
  `SET NAMES utf8mb4 COLLATE utf8mb4_bin, SESSION autocommit = 0, ${only(undefined)} ` +
    `/*!80000 , ${only('MySQL')} *//*M! , ${only('MariaDB')} */`,
);

/** The variables that `requirePinned` judges. */
export const PINNED_VARIABLES: readonly string[] = [
  ...new Set([
    ...Object.keys(CHARACTER_SET),
    ...PINS.map(({ variable }) => variable),
    ...Object.keys(REQUIRED),
  ]),
];

/**
 * Requires that the session is as PIN_SESSION says: a proxy may have kept the statement from the server, or a
 * variable may need an administrator.
 * @param variables the session's, by name, as SHOW VARIABLES prints them; one that the server does not have is absent
 * @throws {SessionNotPinnedError} naming each variable, what it is, and what it must be.
 */
export function requirePinned(variables: ReadonlyMap<string, string>, product: Server['product']): void {
  const expected: (readonly [string, string])[] = [
    ...Object.entries(CHARACTER_SET),
    ...PINS.flatMap(({ variable, shown, on }) =>
      shown === undefined || (on !== undefined && on !== product) ? [] : [[variable, shown] as const],
    ),
    ...Object.entries(REQUIRED).filter(([variable]) => variables.has(variable)),
  ];
  const wrong = expected
    .filter(([variable, shown]) => variables.get(variable) !== shown)
    .map(
      ([variable, shown]) => `${variable} is ${variables.get(variable) ?? 'not there'} and must be ${shown}`,
    );
  if (wrong.length === 0) return;
  throw new SessionNotPinnedError(
    `the session's variables do not have the values that this service needs: ${wrong.join('; ')}. Look for the cause in the server's init_connect, and in a proxy in front of the server`,
  );
}
