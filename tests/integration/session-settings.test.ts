import { withSession } from '../../lib/databases/mysql/connection/session';
import { MysqlEngine } from '../../lib/databases/mysql/mysql-engine';
import { cloneUser } from '../../local/clone-user';
import type { DatabaseServer } from '../../local/database/database-server';
import { LeastMaster } from '../support/least-master';
import { SESSION_SERVERS } from '../support/session-servers';

const START_TIMEOUT_MS = 180_000;
const DATABASES = ['one', 'two', 'three', 'four', 'five'];
const [CURRENT, STANDBY] = ['app', 'app_clone'];

/** What an administrator may write into init_connect; `on` is the one product that knows it. */
const settings: readonly { sets: string; on?: 'MySQL' | 'MariaDB' }[] = [
  { sets: 'SET sql_select_limit = 3' },
  { sets: 'SET sql_select_limit = 0' },
  { sets: 'SET max_join_size = 1' },
  { sets: 'SET sql_big_selects = 0, max_join_size = 1' },
  { sets: 'SET group_concat_max_len = 4' },
  { sets: 'SET sql_auto_is_null = 1' },
  { sets: 'SET sql_safe_updates = 1' },
  { sets: 'SET sql_quote_show_create = 0' },
  { sets: "SET sql_mode = 'ANSI_QUOTES'" },
  { sets: "SET sql_mode = 'NO_BACKSLASH_ESCAPES'" },
  { sets: "SET sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT,IGNORE_SPACE'" },
  { sets: "SET sql_mode = 'TRADITIONAL'" },
  { sets: "SET sql_mode = 'ORACLE'", on: 'MariaDB' },
  { sets: "SET sql_mode = 'EMPTY_STRING_IS_NULL'", on: 'MariaDB' },
  { sets: 'SET autocommit = 0' },
  { sets: 'BEGIN' },
  { sets: 'START TRANSACTION WITH CONSISTENT SNAPSHOT' },
  { sets: 'START TRANSACTION READ ONLY' },
  { sets: 'SET TRANSACTION READ ONLY' },
  { sets: 'SET SESSION TRANSACTION READ ONLY' },
  { sets: 'SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED' },
  { sets: 'SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE' },
  { sets: 'SET completion_type = 1' },
  { sets: 'SET timestamp = 1' },
  { sets: 'SET character_set_results = NULL' },
  { sets: 'SET collation_connection = latin1_swedish_ci' },
  { sets: "SET session_track_system_variables = ''" },
  { sets: 'SET max_execution_time = 1', on: 'MySQL' },
  { sets: 'SET max_statement_time = 0.001', on: 'MariaDB' },
  { sets: 'SET old_passwords = 1', on: 'MariaDB' },
  { sets: 'SET max_error_count = 0', on: 'MariaDB' },
  { sets: 'SET wait_timeout = 31536000, lock_wait_timeout = 31536000' },
  { sets: 'SET lc_messages = de_DE' },
];

describe.each(SESSION_SERVERS)('%s with settings that change what statements mean', (_, start) => {
  let started: DatabaseServer;
  let master: LeastMaster;

  beforeAll(async () => {
    started = await start();
    master = await LeastMaster.on(started, DATABASES);
    await master.run('SET GLOBAL wait_timeout = 28800');
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await master.close();
    await started.stop();
  });

  async function mirrored(): Promise<string[]> {
    await master.run(
      `CREATE USER ${CURRENT} IDENTIFIED BY 'Of-the-application-0123456789012'`,
      `CREATE USER ${STANDBY} IDENTIFIED BY 'Of-the-application-0123456789012'`,
      ...DATABASES.map((database) => `GRANT SELECT, INSERT ON ${database}.* TO ${CURRENT}`),
      ...DATABASES.map((database) => `GRANT DELETE ON ${database}.* TO ${STANDBY}`),
    );
    try {
      const [standby, password] = [STANDBY, 'Pending-0123456789-0123456789012'];
      const order = {
        current: CURRENT,
        standby,
        password,
        host: undefined,
        allowMissing: [],
        planOnly: false,
      };
      const { rightsDigests } = await cloneUser(started, master.login, started.caBundlePath, order);
      const self = await new MysqlEngine(started.caBundlePath).inspectSelf(started, {
        username: STANDBY,
        password,
        tls: 'verified',
      });
      const [wanted, actual] = [await master.grantsOf(CURRENT), await master.grantsOf(STANDBY)];
      const [age] = await master.admin.rows(
        started.product === 'MySQL'
          ? 'SELECT TIMESTAMPDIFF(HOUR, password_last_changed, NOW()) AS hours FROM mysql.user WHERE User = ?'
          : "SELECT (UNIX_TIMESTAMP() - JSON_VALUE(Priv, '$.password_last_changed')) / 3600 AS hours FROM mysql.global_priv WHERE User = ?",
        [STANDBY],
      );
      return [
        ...(wanted.length === DATABASES.length ? [] : ['the test itself']),
        ...(JSON.stringify(wanted) === JSON.stringify(actual) ? [] : [`other rights: ${actual.join('; ')}`]),
        ...(self.rightsDigest === rightsDigests['%'] ? [] : ['the standby sees other rights']),
        ...(Math.abs(Number(age?.['hours'])) <= 1 ? [] : [`a password of ${String(age?.['hours'])} hours`]),
      ];
    } catch (error) {
      return [String(error)];
    } finally {
      await master.run("SET GLOBAL init_connect = ''", `DROP USER ${CURRENT}, ${STANDBY}`);
    }
  }

  it.each(settings)('mirrors an account although init_connect says: $sets', async ({ sets, on }) => {
    if (on !== undefined && on !== started.product) return;
    await master.run(`SET GLOBAL init_connect = ${quoted(sets)}`);
    expect(await mirrored()).toEqual([]);
  });

  it.each([
    'sql_select_limit = 3',
    'max_join_size = 1',
    'group_concat_max_len = 4',
    'completion_type = 1',
    'autocommit = 0',
    "sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'",
    "init_connect = 'SET NAMES latin1, sql_select_limit = 1'",
  ])('mirrors an account although the server says: SET GLOBAL %s', async (assignment) => {
    await master.run(`SET GLOBAL ${assignment}`);
    try {
      expect(await mirrored()).toEqual([]);
    } finally {
      await master.run(`SET GLOBAL ${assignment.split(' = ')[0] ?? ''} = DEFAULT`);
    }
  });

  it('shows a second reading what somebody else has written since the first', async () => {
    await master.run(
      'CREATE TABLE one.seen (a INT)',
      'INSERT INTO one.seen VALUES (1)',
      "SET GLOBAL init_connect = 'SET autocommit = 0'",
    );
    try {
      await withSession(started, master.login, 'master', started.caBundlePath, async (session) => {
        const count = () => session.rows<{ n: number }>('counting', 'SELECT COUNT(*) AS n FROM one.seen');
        expect(Number((await count())[0]?.n)).toBe(1);
        await master.run('INSERT INTO one.seen VALUES (2)');
        expect(Number((await count())[0]?.n)).toBe(2);
      });
    } finally {
      await master.run("SET GLOBAL init_connect = ''", 'DROP TABLE one.seen');
    }
  });

  /** A right to set what only administrators may, for a master for whom init_connect runs all the same. */
  it.each([
    { sets: 'SET sql_log_bin = 0', on: 'MySQL', right: 'SESSION_VARIABLES_ADMIN' },
    { sets: 'SET sql_log_bin = 0', on: 'MariaDB', right: 'BINLOG ADMIN' },
    { sets: 'SET skip_replication = 1', on: 'MariaDB', right: 'USAGE' },
    { sets: 'SET wsrep_osu_method = RSU', on: 'MariaDB', right: 'USAGE' },
  ])(
    'refuses a session whose statements would not reach the replicas: $sets',
    async ({ sets, on, right }) => {
      if (on !== started.product) return;
      const account = master.login.username;
      await master.run(`GRANT ${right} ON *.* TO ${account}`, `SET GLOBAL init_connect = ${quoted(sets)}`);
      const used = withSession(started, master.login, 'master', started.caBundlePath, () =>
        Promise.resolve(),
      );
      await expect(used).rejects.toMatchObject({
        name: 'SessionNotPinnedError',
        message: expect.stringMatching(/(sql_log_bin|skip_replication|wsrep_osu_method) is /) as string,
      });
      await master.run("SET GLOBAL init_connect = ''");
      if (right !== 'USAGE') await master.run(`REVOKE ${right} ON *.* FROM ${account}`);
    },
  );
});

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
