import {
  PIN_SESSION,
  PINNED_VARIABLES,
  requirePinned,
} from '../../../lib/databases/mysql/connection/pinned-session';

const COMMON = {
  character_set_client: 'utf8mb4',
  character_set_connection: 'utf8mb4',
  character_set_results: 'utf8mb4',
  collation_connection: 'utf8mb4_bin',
  sql_quote_show_create: 'ON',
  sql_select_limit: '18446744073709551615',
  sql_big_selects: 'ON',
  sql_safe_updates: 'OFF',
  sql_auto_is_null: 'OFF',
  group_concat_max_len: '1073741824',
  autocommit: 'ON',
  completion_type: 'NO_CHAIN',
  lock_wait_timeout: '20',
  wait_timeout: '30',
  sql_log_bin: 'ON',
};

const MYSQL = {
  ...COMMON,
  sql_mode: '',
  transaction_isolation: 'READ-COMMITTED',
  transaction_read_only: 'OFF',
  max_execution_time: '20000',
};

const MARIADB = {
  ...COMMON,
  sql_mode: 'NO_AUTO_CREATE_USER',
  max_error_count: '64',
  tx_isolation: 'READ-COMMITTED',
  tx_read_only: 'OFF',
  old_passwords: 'OFF',
  max_statement_time: '20.000000',
  skip_replication: 'OFF',
  wsrep_osu_method: 'TOI',
  in_transaction: '0',
};

const judge = (product: 'MySQL' | 'MariaDB', variables: Readonly<Record<string, string>>) => () => {
  requirePinned(new Map(Object.entries(variables)), product);
};

const without = (variables: Readonly<Record<string, string>>, ...names: string[]) =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => !names.includes(name)));

describe('a pinned session', () => {
  it('begins with a statement of ASCII in which no text holds more than letters, in any character set', () => {
    expect(PIN_SESSION.sql).toMatch(/^SET NAMES utf8mb4 COLLATE utf8mb4_bin, SESSION autocommit = 0, /);
    expect(PIN_SESSION.sql).toMatch(/^[ -~]+$/);
    for (const [, text] of PIN_SESSION.sql.matchAll(/'([^']*)'/g)) expect(text).toMatch(/^[A-Z_-]+$/);
  });

  it('is accepted as it must be on MySQL', judge('MySQL', MYSQL));
  it('is accepted as it must be on MariaDB', judge('MariaDB', MARIADB));

  it('is accepted on a server without the variables that only some builds have', () => {
    judge('MariaDB', without(MARIADB, 'wsrep_osu_method', 'skip_replication', 'in_transaction'))();
  });

  it.each([
    ...Object.keys(MYSQL).map((name) => ['MySQL', name, MYSQL] as const),
    ...Object.keys(MARIADB).map((name) => ['MariaDB', name, MARIADB] as const),
  ])('is refused on %s when %s has another value', (product, name, variables) => {
    expect(judge(product, { ...variables, [name]: 'another' })).toThrow(
      expect.objectContaining({
        name: 'SessionNotPinnedError',
        message: expect.stringContaining(`${name} is another and must be `) as string,
      }) as Error,
    );
  });

  it('is refused when a proxy answers nothing for a variable that every server has', () => {
    expect(judge('MySQL', without(MYSQL, 'sql_mode'))).toThrow(/sql_mode is not there and must be /);
  });

  it('is judged by every variable that it sets, but for the clock, which never stands still', () => {
    const judged = new Set([...Object.keys(MYSQL), ...Object.keys(MARIADB)]);
    expect(PINNED_VARIABLES.filter((name) => !judged.has(name))).toEqual(['timestamp']);
  });
});
