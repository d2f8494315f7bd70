import { withSession } from '../../lib/databases/mysql/connection/session';
import { foldCase } from '../../lib/databases/mysql/connection/fold-case';
import { MysqlEngine, readPair } from '../../lib/databases/mysql/mysql-engine';
import { buildStandby } from '../../lib/databases/mysql/standby/build-standby';
import { cloneUser } from '../../local/clone-user';
import type { DatabaseServer } from '../../local/database/database-server';
import type { Login, StandbyOrder, StandbyReport } from '../../lib/databases/engine';
import { startMariadb, startMysqlWith } from '../shapes/started-servers';
import { Bystander } from '../support/bystander';

const START_TIMEOUT_MS = 180_000;
const FOLDING = ['--lower-case-table-names=1'];
const PASSWORD = 'Of-a-user-0123456789-0123456789x';
const PENDING = 'Pending-0123456789-0123456789012';

/** Servers of their own: how a server writes names is decided when its data is made. */
const SERVERS = [
  ['MySQL', () => startMysqlWith(FOLDING)],
  ['MariaDB 10.11', () => startMariadb('bookworm', undefined, FOLDING)],
  ['MariaDB 11.8', () => startMariadb('trixie', undefined, FOLDING)],
] as const;

describe.each(SERVERS)('%s that writes names of databases in small letters', (_, start) => {
  let server: DatabaseServer;
  let admin: Bystander;
  let root: Login;

  beforeAll(async () => {
    server = await start();
    admin = await Bystander.on(server);
    root = { ...server.admin, tls: 'verified' };
    await admin.run(
      'CREATE DATABASE Shop',
      'CREATE TABLE Shop.Orders (CustomerId INT, Größe INT, b INT)',
      'CREATE FUNCTION Shop.Total() RETURNS INT DETERMINISTIC RETURN 1',
    );
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await admin.end();
    await server.stop();
  });

  afterEach(async () => {
    const rows = await admin.rows("SELECT User, Host FROM mysql.user WHERE User LIKE 'app%'");
    for (const { User: user, Host: host } of rows)
      await admin.run(`DROP USER \`${String(user)}\`@\`${String(host)}\``);
  });

  const clone = (current = 'app', standby = 'app_clone'): Promise<StandbyReport> =>
    cloneUser(server, root, server.caBundlePath, {
      current,
      standby,
      password: PENDING,
      host: undefined,
      allowMissing: [],
      planOnly: false,
    });

  const build = (order: StandbyOrder): Promise<StandbyReport> =>
    withSession(server, root, 'master', server.caBundlePath, async (session) =>
      buildStandby(await readPair(session, { current: 'app', standby: 'app_clone' }), order),
    );

  const inspect = (username: string) =>
    new MysqlEngine(server.caBundlePath).inspectSelf(server, {
      username,
      password: PENDING,
      tls: 'verified',
    });

  /** Which of these statements a user may run. */
  async function allowed(
    username: string,
    password: string,
    statements: readonly string[],
  ): Promise<string[]> {
    const user = await Bystander.on({ ...server, admin: { username, password } });
    try {
      const outcomes = await Promise.all(
        statements.map((sql) =>
          user.rows(sql).then(
            () => [sql],
            () => [],
          ),
        ),
      );
      return outcomes.flat();
    } finally {
      await user.end();
    }
  }

  it('makes of every letter the small one that foldCase makes', async () => {
    const different: string[] = [];
    for (let first = 0; first < 0x10000; first += 512) {
      const letters = Array.from({ length: 512 }, (__, index) => first + index)
        .filter((code) => code > 0x20 && (code < 0xd800 || code > 0xdfff))
        .map((code) => String.fromCodePoint(code));
      const small = letters.map(
        (letter) =>
          `SELECT '${Buffer.from(letter).toString('hex')}' AS letter, LOWER(CONVERT(_utf8mb4 X'${Buffer.from(letter).toString('hex')}' USING utf8mb3) COLLATE utf8mb3_general_ci) AS small`,
      );
      const rows = small.length === 0 ? [] : await admin.rows(small.join(' UNION ALL '));
      for (const { letter, small: theirs } of rows) {
        if (foldCase(Buffer.from(String(letter), 'hex').toString()) !== theirs)
          different.push(String(letter));
      }
    }
    expect(different).toEqual([]);
  });

  describe.each(['Shop', 'SHOP_Größe', 'ÄRGER', 'Straße İ', 'ΑΒΓ ДЕЖ', 'small_50%'])(
    'with a first user on the database %s',
    (database) => {
      it('gives the rights, proves them, and finds nothing to do when it is repeated', async () => {
        const order: StandbyOrder = {
          rights: { from: 'database', database },
          password: PENDING,
          marker: undefined,
          allowMissing: [],
        };
        const first = await build(order);
        const again = await build(order);
        expect([first.changed, again.changed, again.granted, again.revoked]).toEqual([true, false, [], []]);
        expect((await inspect('app_clone')).rightsDigest).toBe(first.rightsDigests['%']);
      });
    },
  );

  it('mirrors rights that were given with capitals, on what is there and on what is gone', async () => {
    await admin.run(
      `CREATE USER app IDENTIFIED BY '${PASSWORD}'`,
      'GRANT SELECT ON SHOP.* TO app',
      'GRANT INSERT ON `Other\\_Shop`.* TO app',
      'GRANT UPDATE ON Shop.ORDERS TO app',
      'GRANT CREATE, DELETE ON Shop.Gone TO app',
      'REVOKE CREATE ON Shop.Gone FROM app',
      'GRANT EXECUTE ON FUNCTION SHOP.TOTAL TO app',
    );
    const { skipped } = await clone();
    expect(skipped).toEqual([]);
    expect(await clone()).toMatchObject({ changed: false, granted: [], revoked: [] });
  });

  it('mirrors an account at a host that was written with capitals', async () => {
    await admin.run(
      `CREATE USER app@'%.Example.COM' IDENTIFIED BY '${PASSWORD}'`,
      "GRANT SELECT ON Shop.* TO app@'%.EXAMPLE.com'",
      "GRANT PROCESS ON *.* TO app@'%.example.com'",
    );
    await clone();
    expect(await clone()).toMatchObject({ changed: false, granted: [], revoked: [] });
    const rows = await admin.rows("SHOW GRANTS FOR app_clone@'%.example.COM'");
    expect(JSON.stringify(rows)).toMatch(/PROCESS.*SELECT/);
  });

  const on = (column: string, ...privileges: string[]) =>
    privileges.map((privilege) => `${privilege} (${column})`);
  const READ = 'SELECT CustomerId FROM Shop.Orders';
  const WRITE = 'UPDATE Shop.Orders SET CustomerId = 1 WHERE 1 = 0';
  const READ_SIZE = 'SELECT Größe FROM Shop.Orders';

  it.each([
    ['another spelling', on('CustomerId', 'SELECT'), on('customerid', 'SELECT'), [READ]],
    ['a spelling beyond ASCII', on('Größe', 'SELECT'), on('GRÖßE', 'SELECT'), [READ_SIZE]],
    [
      'another spelling and a right too few',
      on('CustomerId', 'SELECT', 'UPDATE (b), UPDATE'),
      on('customerid', 'SELECT'),
      [READ],
    ],
    [
      'another spelling and a right too many',
      on('CustomerId', 'SELECT'),
      on('customerid', 'SELECT', 'UPDATE'),
      [READ],
    ],
    [
      'two spellings of one right',
      [...on('customerid', 'SELECT'), ...on('CustomerId', 'SELECT')],
      on('CUSTOMERID', 'SELECT'),
      [READ],
    ],
    [
      'two spellings on the standby',
      on('CustomerId', 'SELECT', 'UPDATE'),
      [...on('customerid', 'SELECT'), ...on('CUSTOMERID', 'UPDATE')],
      [READ],
    ],
    [
      'two spellings on the standby, one too many',
      on('CustomerId', 'SELECT'),
      [...on('customerid', 'SELECT'), ...on('CUSTOMERID', 'UPDATE')],
      [READ],
    ],
    ['no standby right', on('CustomerId', 'SELECT', 'UPDATE'), [], [READ]],
  ])('mirrors rights on a column: %s', async (_name, current, standby, needs) => {
    const give = (user: string, rights: readonly string[]) =>
      rights.map((right) => `GRANT ${right} ON Shop.Orders TO ${user}`);
    await admin.run(
      `CREATE USER app IDENTIFIED BY '${PASSWORD}'`,
      `CREATE USER app_clone IDENTIFIED BY '${PASSWORD}'`,
      ...give('app', current),
      ...give('app_clone', standby),
    );
    const { rightsDigests } = await clone();
    const statements = [READ, WRITE, READ_SIZE];
    const theirs = await allowed('app', PASSWORD, statements);
    expect(theirs).toEqual(expect.arrayContaining(needs));
    expect(await allowed('app_clone', PENDING, statements)).toEqual(theirs);
    expect((await inspect('app_clone')).rightsDigest).toBe(rightsDigests['%']);
    await admin.run('FLUSH PRIVILEGES');
    expect(await allowed('app_clone', PENDING, statements)).toEqual(theirs);
    expect(await clone()).toMatchObject({ changed: false, granted: [], revoked: [] });
  });

  it('refuses before any change to take a right from one of two spellings while another column keeps it', async () => {
    await admin.run(
      `CREATE USER app IDENTIFIED BY '${PASSWORD}'`,
      `CREATE USER app_clone IDENTIFIED BY '${PASSWORD}'`,
      'GRANT SELECT (b) ON Shop.Orders TO app',
      'GRANT SELECT (customerid) ON Shop.Orders TO app_clone',
      'GRANT SELECT (CUSTOMERID) ON Shop.Orders TO app_clone',
    );
    const before = JSON.stringify(await admin.rows('SHOW GRANTS FOR app_clone'));
    await expect(clone()).rejects.toMatchObject({
      name: 'UnsupportedAccountError',
      message: expect.stringMatching(/one column to the server.*FLUSH PRIVILEGES/) as string,
    });
    expect(JSON.stringify(await admin.rows('SHOW GRANTS FOR app_clone'))).toBe(before);
  });

  it('changes nothing for a routine that the standby names in other letters', async () => {
    await admin.run(
      `CREATE USER app IDENTIFIED BY '${PASSWORD}'`,
      `CREATE USER app_clone IDENTIFIED BY '${PASSWORD}'`,
      'GRANT EXECUTE ON FUNCTION Shop.Total TO app',
      'GRANT EXECUTE ON FUNCTION Shop.TOTAL TO app_clone',
    );
    expect(await clone()).toMatchObject({ granted: [], revoked: [], skipped: [] });
  });

  it.each([
    ['a blank at its end', 'app '],
    ['two blanks at its end', 'app  '],
  ])('refuses a user name with %s, which no account has', async (_name, username) => {
    await admin.run(`CREATE USER app IDENTIFIED BY '${PASSWORD}'`);
    const refused = {
      name: 'UnsupportedAccountError',
      message: expect.stringContaining('ends in a blank') as string,
    };
    await expect(clone(username, 'app_clone')).rejects.toMatchObject(refused);
    await expect(clone('app', `app_clone${username.slice(3)}`)).rejects.toMatchObject(refused);
    expect(await admin.rows("SELECT User FROM mysql.user WHERE User LIKE 'app%'")).toHaveLength(1);
  });

  it.each([
    ['case', 'APP'],
    ['width', 'ａｐｐ'],
    ['an accent', 'àpp'],
    ['a form of Unicode', 'app\u00e9'],
    ['a letter that folds to two', 'appß'],
    ['a blank before it', ' app'],
    ['a blank that is none', 'app\u00a0'],
    ['a wildcard', 'ap%'],
  ])('finds no account for a name that differs in %s', async (_name, username) => {
    await admin.run(
      `CREATE USER app IDENTIFIED BY '${PASSWORD}'`,
      `CREATE USER \`appe\u0301\` IDENTIFIED BY '${PASSWORD}'`,
      `CREATE USER appss IDENTIFIED BY '${PASSWORD}'`,
    );
    await expect(clone(username)).rejects.toMatchObject({ name: 'CurrentUserMissingError' });
  });
});
