import { foldCase } from '../../lib/databases/mysql/connection/fold-case';
import type { StandbyOrder } from '../../lib/databases/engine';
import {
  FOLDING_SERVERS,
  FoldingServer,
  PASSWORD,
  PENDING,
  START_TIMEOUT_MS,
} from '../support/folding-server';

describe.each(FOLDING_SERVERS)('%s that writes names of databases in small letters', (_, start) => {
  let server: FoldingServer;

  beforeAll(async () => {
    server = await FoldingServer.from(start);
  }, START_TIMEOUT_MS);

  afterAll(() => server.close());

  afterEach(() => server.dropUsers());

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
      const rows = small.length === 0 ? [] : await server.admin.rows(small.join(' UNION ALL '));
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
        const first = await server.build(order);
        const again = await server.build(order);
        expect([first.changed, again.changed, again.granted, again.revoked]).toEqual([true, false, [], []]);
        expect((await server.inspect('app_clone')).rightsDigest).toBe(first.rightsDigests['%']);
      });
    },
  );

  it('mirrors rights that were given with capitals, on what is there and on what is gone', async () => {
    await server.run(
      `CREATE USER app IDENTIFIED BY '${PASSWORD}'`,
      'GRANT SELECT ON SHOP.* TO app',
      'GRANT INSERT ON `Other\\_Shop`.* TO app',
      'GRANT UPDATE ON Shop.ORDERS TO app',
      'GRANT CREATE, DELETE ON Shop.Gone TO app',
      'REVOKE CREATE ON Shop.Gone FROM app',
      'GRANT EXECUTE ON FUNCTION SHOP.TOTAL TO app',
    );
    const { skipped } = await server.clone();
    expect(skipped).toEqual([]);
    expect(await server.clone()).toMatchObject({ changed: false, granted: [], revoked: [] });
  });

  it('mirrors an account at a host that was written with capitals', async () => {
    await server.run(
      `CREATE USER app@'%.Example.COM' IDENTIFIED BY '${PASSWORD}'`,
      "GRANT SELECT ON Shop.* TO app@'%.EXAMPLE.com'",
      "GRANT PROCESS ON *.* TO app@'%.example.com'",
    );
    await server.clone();
    expect(await server.clone()).toMatchObject({ changed: false, granted: [], revoked: [] });
    const rows = await server.admin.rows("SHOW GRANTS FOR app_clone@'%.example.COM'");
    expect(JSON.stringify(rows)).toMatch(/PROCESS.*SELECT/);
  });

  it('changes nothing for a routine that the standby names in other letters', async () => {
    await server.run(
      `CREATE USER app IDENTIFIED BY '${PASSWORD}'`,
      `CREATE USER app_clone IDENTIFIED BY '${PASSWORD}'`,
      'GRANT EXECUTE ON FUNCTION Shop.Total TO app',
      'GRANT EXECUTE ON FUNCTION Shop.TOTAL TO app_clone',
    );
    expect(await server.clone()).toMatchObject({ granted: [], revoked: [], skipped: [] });
  });

  it.each([
    ['a blank at its end', 'app '],
    ['two blanks at its end', 'app  '],
  ])('refuses a user name with %s, which no account has', async (_name, username) => {
    await server.run(`CREATE USER app IDENTIFIED BY '${PASSWORD}'`);
    const refused = {
      name: 'UnsupportedAccountError',
      message: expect.stringContaining('ends in a blank') as string,
    };
    await expect(server.clone(username, 'app_clone')).rejects.toMatchObject(refused);
    await expect(server.clone('app', `app_clone${username.slice(3)}`)).rejects.toMatchObject(refused);
    expect(await server.admin.rows("SELECT User FROM mysql.user WHERE User LIKE 'app%'")).toHaveLength(1);
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
    await server.run(
      `CREATE USER app IDENTIFIED BY '${PASSWORD}'`,
      `CREATE USER \`appe\u0301\` IDENTIFIED BY '${PASSWORD}'`,
      `CREATE USER appss IDENTIFIED BY '${PASSWORD}'`,
    );
    await expect(server.clone(username)).rejects.toMatchObject({ name: 'CurrentUserMissingError' });
  });
});
