import { PasswordPolicyError } from '../../lib/errors';
import type { DatabaseServer } from '../../local/database/database-server';
import { hashesOf } from '../shapes/compare';
import { nextPassword, ShapePair } from '../shapes/pair';
import type { Names, Shape } from '../shapes/shape';
import { ShapeServer } from '../shapes/shape-server';
import { MARIADB_SUITES, startMariadb, startPrivateMysql } from '../shapes/started-servers';

const PLAIN: Shape = {
  name: 'an application',
  rights: ({ user, db }) => [`GRANT SELECT ON ${db}.* TO ${user}`],
};

/** What may differ when a rotation that failed late is repeated; the password is right already. */
const DIFFERENCES: readonly (readonly [
  name: string,
  change: (standby: Names, current: Names) => string[],
])[] = [
  ['the standby is locked', ({ user }) => [`ALTER USER ${user} ACCOUNT LOCK`]],
  ['an option differs', ({ user }) => [`ALTER USER ${user} WITH MAX_USER_CONNECTIONS 5`]],
  ['the standby has a right too many', ({ user, db }) => [`GRANT INSERT ON ${db}.t TO ${user}`]],
  ['the standby has a right too few', ({ user, db }) => [`REVOKE SELECT ON ${db}.* FROM ${user}`]],
  [
    'the current user has one more account',
    (_standby, { at, password }) => [`CREATE USER ${at('10.%')} IDENTIFIED BY ${password}`],
  ],
];

async function requireRefused(pair: ShapePair, password: string, saying: RegExp): Promise<void> {
  const before = await hashesOf(pair.server, pair.users[1]);
  const refusal: unknown = await pair.clone(password).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(PasswordPolicyError);
  expect((refusal as Error).message).toMatch(saying);
  expect((refusal as Error).message).toMatch(/take the label AWSPENDING away/);
  expect((refusal as Error).message).not.toContain(password);
  expect(await hashesOf(pair.server, pair.users[1])).toBe(before);
}

async function requireWorks(pair: ShapePair, password: string): Promise<void> {
  await pair.inspect(pair.users[1], password);
  expect(await pair.differences()).toEqual([]);
}

describe.each(MARIADB_SUITES)('MariaDB of Debian %s with password_reuse_check', (suite) => {
  let started: DatabaseServer;
  let server: ShapeServer;
  let pair: ShapePair;

  beforeAll(async () => {
    started = await startMariadb(suite);
    server = await ShapeServer.open(started);
    await server.run("INSTALL SONAME 'password_reuse_check'");
  });

  afterAll(async () => {
    await started.stop();
  });

  beforeEach(async () => {
    pair = new ShapePair(server, PLAIN);
    await pair.make();
  });

  afterEach(async () => {
    await server.run('SET GLOBAL strict_password_validation = ON');
    await pair.drop();
  });

  it.each(DIFFERENCES)('does not get a right password again when %s', async (_, change) => {
    const password = nextPassword();
    await pair.clone(password);
    await server.run(...change(pair.standbyNames, pair.names));

    expect(await pair.clone(password)).toMatchObject({ changed: true });

    await requireWorks(pair, password);
    expect(await pair.clone(password)).toMatchObject({ changed: false });
  });

  it('refuses a password that the standby had before, by name', async () => {
    const [first, second] = [nextPassword(), nextPassword()];
    await pair.clone(first);
    await pair.clone(second);

    await requireRefused(pair, first, /the server's plugin password_reuse_check refuses the password/);

    await requireWorks(pair, second);
    const third = nextPassword();
    await pair.clone(third);
    await requireWorks(pair, third);
  });

  it('refuses by name to end the expiry of a password with the same one', async () => {
    const password = nextPassword();
    await pair.clone(password);
    await server.run(`ALTER USER ${pair.standbyNames.user} PASSWORD EXPIRE`);

    await requireRefused(pair, password, /plugin password_reuse_check refuses/);
  });

  it('sees no hash, so a password that the standby had before is given again', async () => {
    await server.run('SET GLOBAL strict_password_validation = OFF');
    const [first, second] = [nextPassword(), nextPassword()];
    for (const password of [first, second, first]) await pair.clone(password);
    await requireWorks(pair, first);
  });
});

describe('MySQL with a password history', () => {
  let started: DatabaseServer;
  let server: ShapeServer;
  let pair: ShapePair;

  beforeAll(async () => {
    started = await startPrivateMysql();
    server = await ShapeServer.open(started);
  });

  afterAll(async () => {
    await started.stop();
  });

  beforeEach(async () => {
    pair = new ShapePair(server, { ...PLAIN, options: 'PASSWORD HISTORY 5' });
    await pair.make();
  });

  afterEach(async () => {
    await pair.drop();
  });

  it.each(DIFFERENCES.slice(0, 3))('does not get a right password again when %s', async (_, change) => {
    const password = nextPassword();
    await pair.clone(password);
    await server.run(...change(pair.standbyNames, pair.names));

    expect(await pair.clone(password)).toMatchObject({ changed: true });

    await requireWorks(pair, password);
  });
});
