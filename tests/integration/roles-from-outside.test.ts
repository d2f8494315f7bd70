import { readFileSync } from 'node:fs';
import { createConnection } from 'mysql2/promise';
import { withSession } from '../../lib/databases/mysql/connection/session';
import { readPair } from '../../lib/databases/mysql/mysql-engine';
import { buildStandby } from '../../lib/databases/mysql/standby/build-standby';
import type { DatabaseServer } from '../../local/database/database-server';
import { nextPassword, ShapePair } from '../shapes/pair';
import type { Names } from '../shapes/shape';
import { ShapeServer } from '../shapes/shape-server';
import { MARIADB_SUITES, startMariadb, startPrivateMysql } from '../shapes/started-servers';

const START_TIMEOUT_MS = 180_000; // the first time a server is fetched

async function sessionAs(server: ShapeServer, user: string, password: string) {
  const { host, port, caBundlePath } = server.address;
  return createConnection({
    host,
    port,
    user,
    password,
    ssl: { ca: readFileSync(caBundlePath ?? '', 'utf8'), verifyIdentity: true },
  });
}

describe('MySQL: roles that all users have', () => {
  let started: DatabaseServer;
  let server: ShapeServer;

  beforeAll(async () => {
    started = await startPrivateMysql();
    server = await ShapeServer.open(started);
  }, START_TIMEOUT_MS);

  afterEach(async () => {
    await server.run("SET GLOBAL mandatory_roles = '', activate_all_roles_on_login = OFF");
  });

  afterAll(async () => {
    await started.stop();
  });

  const none = (): string[] => [];
  const cases: [name: string, current: (names: Names) => string[], standby: (names: Names) => string[]][] = [
    ['by the standby only', none, ({ user, roles: [one] }) => [`GRANT ${one} TO ${user}`]],
    [
      'by the standby only, with the admin option and by default',
      none,
      ({ user, roles: [one] }) => [
        `GRANT ${one} TO ${user} WITH ADMIN OPTION`,
        `SET DEFAULT ROLE ${one} TO ${user}`,
      ],
    ],
    [
      'by the standby with the admin option, by the current user without',
      ({ user, roles: [one] }) => [`GRANT ${one} TO ${user}`, `SET DEFAULT ROLE ${one} TO ${user}`],
      ({ user, roles: [one] }) => [`GRANT ${one} TO ${user} WITH ADMIN OPTION`],
    ],
    ['by the current user only', ({ user, roles: [one] }) => [`GRANT ${one} TO ${user}`], none],
    [
      'by the standby, where the current user has it by default without holding it',
      ({ user, roles: [one] }) => [`SET DEFAULT ROLE ${one} TO ${user}`],
      ({ user, roles: [one] }) => [`GRANT ${one} TO ${user}`],
    ],
  ];

  it.each(cases)(
    'are mirrored as the account itself holds them, when held %s',
    async (_, current, standby) => {
      const pair = new ShapePair(server, { name: 'mandatory' });
      const { roles, database: db } = server.fixture;
      try {
        await pair.make();
        const password = nextPassword();
        await pair.clone(password);
        await server.run(`GRANT SELECT ON ${db}.t TO ${roles[0]}`);
        await server.run(`SET GLOBAL mandatory_roles = '${roles[0]}', activate_all_roles_on_login = ON`);
        await server.run(...current(pair.names), ...standby(pair.standbyNames));
        const open = await sessionAs(server, pair.users[1], password);

        await pair.clone(nextPassword());

        expect(await pair.differences()).toEqual([]);
        await server.run('FLUSH PRIVILEGES');
        expect(await pair.differences()).toEqual([]);
        // An open session of the standby keeps the role, since everybody has it.
        await open.query(`SELECT * FROM ${db}.t`);
        await open.end();
        const again = nextPassword();
        await pair.clone(again);
        expect(await pair.clone(again)).toMatchObject({ changed: false });
      } finally {
        await server.run("SET GLOBAL mandatory_roles = ''");
        await pair.drop();
      }
    },
  );

  it('are refused by name before anything is changed on a server that does not revoke them', async () => {
    const pair = new ShapePair(server, { name: 'mandatory' });
    const [role] = server.fixture.roles;
    try {
      await pair.make();
      await pair.clone(nextPassword());
      await server.run(
        `GRANT ${role} TO ${pair.standbyNames.user}`,
        `SET GLOBAL mandatory_roles = '${role}'`,
      );
      const [current, standby] = pair.users;
      const { address, master } = server;
      const built = withSession(address, master, 'master', address.caBundlePath, async (session) => {
        const found = await readPair(session, { current, standby });
        return buildStandby(
          { ...found, server: { ...found.server, version: [8, 0, 29] } },
          { rights: { from: 'current' }, password: nextPassword(), marker: undefined, allowMissing: [] },
        );
      });
      await expect(built).rejects.toThrow(
        new RegExp(
          `to revoke ROLE \`${role}\`@\`%\` at % \\(remedy: take \`${role}\`@\`%\` out of mandatory_roles`,
        ),
      );
    } finally {
      await server.run("SET GLOBAL mandatory_roles = ''");
      await pair.drop();
    }
  });

  it('leave a default role behind that nobody can set, which is left out and reported', async () => {
    const pair = new ShapePair(server, { name: 'mandatory' });
    const [one, two] = server.fixture.roles;
    try {
      await pair.make();
      await server.run(
        `GRANT ${two} TO ${pair.names.user}`,
        `SET GLOBAL mandatory_roles = '${one}'`,
        `SET DEFAULT ROLE ${one}, ${two} TO ${pair.names.user}`,
        "SET GLOBAL mandatory_roles = ''",
      );

      const report = await pair.clone(nextPassword());

      expect(report.skipped).toEqual([`DEFAULT ROLE \`${one}\`@\`%\``]);
      const { standby } = await pair.storedRights();
      expect([...standby.keys()]).toContain(`DEFAULT ROLE \`${two}\`@\`%\``);
    } finally {
      await pair.drop();
    }
  });
});

describe.each(MARIADB_SUITES)('MariaDB of Debian %s: the role that every user has', (suite) => {
  let started: DatabaseServer;
  let server: ShapeServer;

  beforeAll(async () => {
    started = await startMariadb(suite);
    server = await ShapeServer.open(started);
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await started.stop();
  });

  it.each([
    ['rights on everything', (): string[] => ['GRANT PROCESS ON *.* TO PUBLIC']],
    ['rights on a database', ({ db }: Names) => [`GRANT SELECT ON ${db}.* TO PUBLIC`]],
    ['another role', ({ roles: [one] }: Names) => [`GRANT ${one} TO PUBLIC`]],
  ])('is no part of what is mirrored, when it has %s', async (_what, rights) => {
    const pair = new ShapePair(server, { name: 'public' });
    const { names } = pair;
    try {
      await pair.make();
      await server.run(`GRANT SELECT ON ${names.dbOnly}.* TO ${names.user}`, ...rights(names));
      const password = nextPassword();
      const { rightsDigests } = await pair.clone(password);
      const own = await pair.inspect(pair.users[1], password);

      expect(await pair.differences()).toEqual([]);
      expect(own.rightsDigest).toBe(rightsDigests['%']);
      const { standby } = await pair.storedRights();
      expect([...standby.keys()]).toEqual([`SELECT ON ${names.dbOnly}.*`]);
    } finally {
      await server.run(...rights(names).map((sql) => sql.replace('GRANT', 'REVOKE').replace('TO', 'FROM')));
      await pair.drop();
    }
  });
});
