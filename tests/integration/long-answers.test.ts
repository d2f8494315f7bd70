import { readFileSync } from 'node:fs';
import { createConnection, type Connection } from 'mysql2/promise';
import type { DatabaseServer } from '../../local/database/database-server';
import { cloneUser } from '../../local/clone-user';
import { withSession } from '../../lib/databases/mysql/connection/session';
import { startPrivateMysql } from '../shapes/started-servers';

const PASSWORD = 'Aa1!'.padEnd(32, 'x');

describe('an account that holds more than fits into the memory of a step', () => {
  let server: DatabaseServer;
  let root: Connection;

  beforeAll(async () => {
    server = await startPrivateMysql();
    root = await createConnection({
      host: server.host,
      port: server.port,
      user: server.admin.username,
      password: server.admin.password,
      ssl: { ca: readFileSync(server.caBundlePath ?? '', 'utf8'), verifyIdentity: true },
    });
    await root.query("CREATE USER 'big'@'%' IDENTIFIED BY 'Sesame-1'");
  }, 120_000);
  afterEach(async () => {
    for (const table of ['tables_priv', 'columns_priv', 'procs_priv', 'db'])
      await root.query(`DELETE FROM mysql.${table} WHERE User = 'big'`);
  });
  afterAll(async () => {
    await root.end();
    await server.stop();
  });

  /** @param values of row `i` */
  const insert = async (into: string, values: string, count: number): Promise<void> => {
    await root.query('SET SESSION cte_max_recursion_depth = 1000000');
    await root.query(
      `INSERT INTO mysql.${into} WITH RECURSIVE row_of (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM row_of WHERE i < ${count}) SELECT ${values} FROM row_of`,
    );
  };
  const plan = () =>
    cloneUser(
      { host: server.host, port: server.port },
      { ...server.admin, tls: 'verified' },
      server.caBundlePath,
      {
        current: 'big',
        host: undefined,
        standby: 'big_clone',
        password: PASSWORD,
        allowMissing: [],
        planOnly: true,
      },
    );
  const name = "RPAD(CONCAT('name_', i, '_'), 60, 'x')";

  it.each<[table: string, columns: string, values: string]>([
    [
      'tables_priv',
      'Host, Db, User, Table_name, Grantor, Table_priv',
      `'%', 'app', 'big', ${name}, 'root@localhost', 'Select,Insert,Update'`,
    ],
    [
      'columns_priv',
      'Host, Db, User, Table_name, Column_name, Column_priv',
      `'%', 'app', 'big', 'item', ${name}, 'Select'`,
    ],
    ['db', 'Host, Db, User, Select_priv', `'%', ${name}, 'big', 'Y'`],
  ])('is refused while mysql.%s is read', async (table, columns, values) => {
    await insert(`${table} (${columns})`, values, 40_000);
    await expect(plan()).rejects.toMatchObject({
      name: 'AccountTooLargeError',
      retried: false,
      message: expect.stringMatching(
        new RegExp(`^reading mysql\\.${table}: the server's answer has more than 4 MiB, and was cut off`),
      ) as unknown,
    });
  });

  it('is planned when it just fits', async () => {
    await insert(
      'tables_priv (Host, Db, User, Table_name, Grantor, Table_priv)',
      `'%', 'app', 'big', ${name}, 'root@localhost', 'Select'`,
      20_000,
    );
    await root.query('FLUSH PRIVILEGES');
    expect((await plan()).granted).toHaveLength(20_000);
  });

  it.each([
    ['rows', "SELECT REPEAT('x', 1000) FROM"],
    ['empty rows', "SELECT '' FROM"],
    ['rows of many columns', `SELECT ${Array.from({ length: 200 }, () => '1').join(', ')} FROM`],
  ])('is refused like any answer of %s without end', async (_what, select) => {
    const endless = ['a', 'b', 'c'].map((alias) => `information_schema.COLLATIONS ${alias}`).join(', ');
    await expect(
      withSession(
        { host: server.host, port: server.port },
        { ...server.admin, tls: 'verified' },
        'master',
        server.caBundlePath,
        (session) => session.rows('reading', `${select} ${endless}`),
      ),
    ).rejects.toMatchObject({
      name: 'AccountTooLargeError',
      message: expect.stringMatching(/^reading: /) as unknown,
    });
  });
});
