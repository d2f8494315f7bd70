import { MysqlEngine } from '../../lib/databases/mysql/mysql-engine';
import type { Login, OwnRights } from '../../lib/databases/engine';
import { countCalls } from '../../local/call-counter';
import type { DatabaseServer } from '../../local/database/database-server';
import { ShapeServer } from '../shapes/shape-server';
import { startMariadb, startPrivateMysql } from '../shapes/started-servers';

const START_TIMEOUT_MS = 180_000;
const PASSWORDS = ['Current-0123456789-abcdefghijklm', 'Pending-0123456789-abcdefghijklm'] as const;
const USERS = ['logins_current', 'logins_pending'] as const;

interface Plugin {
  name: string;
  /** How CREATE USER takes it with a password. */
  identified: (password: string) => string;
}

const MYSQL: Plugin[] = ['caching_sha2_password', 'sha256_password'].map((name) => ({
  name,
  identified: (password) => `IDENTIFIED WITH ${name} BY '${password}'`,
}));

const MARIADB: Plugin[] = ['mysql_native_password', 'ed25519'].map((name) => ({
  name,
  identified: (password) => `IDENTIFIED VIA ${name} USING PASSWORD('${password}')`,
}));

/** Each plugin with each, because the first login decides nothing about the second. */
const pairsOf = (plugins: readonly Plugin[]): [string, Plugin, Plugin][] =>
  plugins.flatMap((one) =>
    plugins.map((other): [string, Plugin, Plugin] => [`${one.name} and ${other.name}`, one, other]),
  );

describe.each([
  ['MySQL', undefined, MYSQL],
  ['MariaDB', 'bookworm', MARIADB],
  ['MariaDB', 'trixie', MARIADB],
] as const)('on %s %s the pending and the current user', (product, suite, plugins) => {
  let started: DatabaseServer;
  let server: ShapeServer;

  beforeAll(async () => {
    started = suite === undefined ? await startPrivateMysql() : await startMariadb(suite);
    server = await ShapeServer.open(started);
    await server.run('CREATE DATABASE logins');
    if (product === 'MariaDB') await server.run("INSTALL SONAME 'auth_ed25519'").catch(() => undefined);
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await server.close();
    await started.stop();
  });

  afterEach(async () => {
    for (const user of USERS) await server.run(`DROP USER IF EXISTS '${user}'`);
    await server.run("DROP ROLE IF EXISTS 'logins_role'");
  });

  async function make(one: Plugin, other: Plugin): Promise<void> {
    for (const [index, plugin] of [one, other].entries()) {
      const user = `'${USERS[index] ?? ''}'`;
      await server.run(
        `CREATE USER ${user} ${plugin.identified(PASSWORDS[index] ?? '')}`,
        `GRANT SELECT, INSERT ON logins.* TO ${user}`,
      );
    }
  }

  const inspect = (tls: Login['tls'] = 'verified', password: string = PASSWORDS[0]) =>
    new MysqlEngine(started.caBundlePath).inspectSelf(
      started,
      { username: USERS[1], password: PASSWORDS[1], tls },
      { username: USERS[0], password, tls },
    );

  const namesOf = (found: OwnRights & { current?: OwnRights | undefined }) =>
    [found, found.current].map((own) => own?.account.username);

  it.each(pairsOf(plugins))('log in on one connection with TLS, by %s', async (_what, one, other) => {
    await make(one, other);

    const [found, { database }] = await countCalls(() => inspect());

    expect(namesOf(found)).toEqual([USERS[1], USERS[0]]);
    expect(found.current?.rightsDigest).toBe(found.rightsDigest);
    expect(found.current?.optionsDigest).toBe(found.optionsDigest);
    expect(database.connections).toBe(1);
  });

  it.each(plugins.map((plugin): [string, Plugin] => [plugin.name, plugin]))(
    'log in on one connection without TLS, by %s',
    async (_what, plugin) => {
      await make(plugin, plugin);
      expect(namesOf(await inspect('off'))).toEqual([USERS[1], USERS[0]]);
    },
  );

  it('are told apart by a right, an option, and a default role', async () => {
    const [plugin] = plugins;
    if (plugin === undefined) throw new Error('no plugin');
    await make(plugin, plugin);
    const differs = async (): Promise<[rights: boolean, options: boolean]> => {
      const { current, ...own } = await inspect();
      return [current?.rightsDigest !== own.rightsDigest, current?.optionsDigest !== own.optionsDigest];
    };

    await server.run(`GRANT DELETE ON logins.* TO '${USERS[0]}'`);
    expect(await differs()).toEqual([true, false]);
    await server.run(`REVOKE DELETE ON logins.* FROM '${USERS[0]}'`);
    await server.run(`ALTER USER '${USERS[0]}' WITH MAX_QUERIES_PER_HOUR 100000`);
    expect((await differs()).includes(true)).toBe(true);
    await server.run(`ALTER USER '${USERS[0]}' WITH MAX_QUERIES_PER_HOUR 0`);
    await server.run(`ALTER USER '${USERS[0]}' REQUIRE SSL`);
    expect((await differs()).includes(true)).toBe(true);
    await server.run(`ALTER USER '${USERS[0]}' REQUIRE NONE`);
    await server.run("CREATE ROLE 'logins_role'");
    for (const user of USERS) await server.run(`GRANT 'logins_role' TO '${user}'`);
    expect(await differs()).toEqual([false, false]);
    await server.run(`SET DEFAULT ROLE 'logins_role' ${product === 'MySQL' ? 'TO' : 'FOR'} '${USERS[0]}'`);
    expect((await differs()).includes(true)).toBe(true);
  });

  it('are looked at as far as they log in: the current one is left out when its password was changed', async () => {
    const [plugin] = plugins;
    if (plugin === undefined) throw new Error('no plugin');
    await make(plugin, plugin);

    const found = await inspect('verified', 'another password, changed by hand');

    expect(found.account.username).toBe(USERS[1]);
    expect(found.current).toBeUndefined();
  });
});
