import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMariadb } from '../shapes/started-servers';
import { LOGIN_SERVERS, LoginServer } from '../support/login-server';
import { LEAST, link, makePair, mentionsOn, warningsOn } from '../support/outside-mentions';

describe.each(LOGIN_SERVERS)('a preflight on $name', ({ product, start }) => {
  let login: LoginServer;

  beforeAll(async () => {
    login = await LoginServer.start(start);
    await makePair(login);
  });
  afterAll(() => login.stop());

  /** Statements that bring something about, and those that undo it. */
  async function withStatements<Result>(
    [before, after]: readonly [readonly string[], readonly string[]],
    use: () => Promise<Result>,
  ): Promise<Result> {
    await login.run(...before);
    try {
      return await use();
    } finally {
      await login.run(...after);
    }
  }

  it.each(mentionsOn(product))('warns of %s, without a password', async (_what, before, after, saying) => {
    const warnings = await withStatements([before, after], () => warningsOn(login));

    expect(warnings).toEqual([expect.stringMatching(saying)]);
    expect(warnings.join()).not.toContain('link-password');
    expect(await warningsOn(login)).toEqual([]);
  });

  it('warns of users that are instrumented, where the master may see them', async () => {
    const statements = [
      ["INSERT INTO performance_schema.setup_actors VALUES ('%', 'app_a', '%', 'YES', 'YES')"],
      ["DELETE FROM performance_schema.setup_actors WHERE USER = 'app_a'"],
    ] as const;
    await withStatements(statements, async () => {
      expect(await warningsOn(login)).toEqual([]);
      expect(await warningsOn(login, { ...LEAST, username: 'login_master' })).toEqual([
        'performance_schema.setup_actors names app_a and not app_b: insert a row for both',
      ]);
    });
  });

  it('warns of replication channels, where the master may see them', async () => {
    const source = "'db.example'";
    const [make, drop] =
      product === 'MySQL'
        ? [
            `CHANGE REPLICATION SOURCE TO SOURCE_HOST = ${source}, SOURCE_USER = 'app_b' FOR CHANNEL 'two'`,
            "RESET REPLICA ALL FOR CHANNEL 'two'",
          ]
        : [
            `CHANGE MASTER 'two' TO MASTER_HOST = ${source}, MASTER_USER = 'app_b', MASTER_PASSWORD = 'link-password'`,
            "RESET SLAVE 'two' ALL",
          ];
    const master = { ...LEAST, username: 'login_master' };

    const warnings = await withStatements([[make], [drop]], () => warningsOn(login, master));

    expect(warnings).toEqual([expect.stringMatching(/the replication channel "two" logs in as app_b/)]);
    expect(warnings.join()).not.toContain('link-password');
  });

  it('warns of nothing that names both users alike, or names that only begin like theirs', async () => {
    const statements = [
      [
        'CREATE USER app_front',
        "GRANT PROXY ON 'app_a'@'%' TO app_front",
        "GRANT PROXY ON 'app_b'@'%' TO app_front",
        "SET GLOBAL init_connect = 'SET @who = ''app_b app_a'''",
        link('link_c', 'app_a_reader'),
        link('link_d', 'APP_A'),
      ],
      ['DROP USER app_front', "SET GLOBAL init_connect = ''", 'DROP SERVER link_c', 'DROP SERVER link_d'],
    ] as const;

    expect(await withStatements(statements, () => warningsOn(login))).toEqual([]);
  });

  it('warns of so much at most, and says how much more there is', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `link_${index}_${'x'.repeat(40)}`);
    const statements = [
      names.map((name) => link(name, 'app_a')),
      names.map((name) => `DROP SERVER ${name}`),
    ] as const;

    const [warning = '', ...others] = await withStatements(statements, () => warningsOn(login));

    expect(others).toEqual([]);
    expect(warning).toMatch(/^mysql\.servers: the server link link_\d+_x+, .*…$/);
    expect(warning).toHaveLength(500);
  });
});

describe('a MariaDB with an init_file', () => {
  it('is warned of, because its statements are run again at each start', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stepwise-test-'));
    const path = join(folder, 'init.sql');
    await writeFile(path, "CREATE USER IF NOT EXISTS 'app_a'@'%';\nGRANT SELECT ON shop.* TO 'app_a'@'%';\n");
    const login = await LoginServer.start(() => startMariadb('bookworm', undefined, [`--init-file=${path}`]));
    try {
      await login.run("DROP USER 'app_a'@'%'");
      await makePair(login);
      expect(await warningsOn(login)).toEqual([
        'init_file is set, and its statements, which run at each start of the server, cannot be read from here: if they name app_a or app_b, name both',
      ]);
    } finally {
      await login.stop();
      await rm(folder, { recursive: true });
    }
  });
});
