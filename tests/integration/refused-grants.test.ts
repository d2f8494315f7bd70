import { eachWorld } from '../support/each-world';
import { expectRefused } from '../support/refusal';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

/** The shape of a user that this release cannot mirror, and the words in which the refusal names it. */
const UNSUPPORTED: [what: string, statements: (user: string, world: World) => string[], saying: RegExp][] = [
  [
    'a right on a column',
    (user, { database }) => [`GRANT UPDATE (name) ON ${database}.item TO ${user}`],
    /column rights on db_\S+\.item/,
  ],
  [
    'a right on a routine',
    (user, { database }) => [
      `CREATE PROCEDURE ${database}.work() SELECT 1`,
      `GRANT EXECUTE ON PROCEDURE ${database}.work TO ${user}`,
    ],
    /rights on procedure db_\S+\.work/,
  ],
  ['a role', (user, { id }) => [`CREATE ROLE role_${id}`, `GRANT role_${id} TO ${user}`], /the role role_/],
  [
    'a default role',
    (user, { id }) => [
      `CREATE ROLE role_${id}`,
      `GRANT role_${id} TO ${user}`,
      `SET DEFAULT ROLE role_${id} TO ${user}`,
    ],
    /the default role role_/,
  ],
  [
    'a right to be somebody else',
    (user, { master }) => [`GRANT PROXY ON '${master.username}' TO ${user}`],
    /PROXY on master_/,
  ],
  ['REQUIRE SSL', (user) => [`ALTER USER ${user} REQUIRE SSL`], /REQUIRE/],
  ['REQUIRE X509', (user) => [`ALTER USER ${user} REQUIRE X509`], /REQUIRE/],
  ['MAX_QUERIES', (user) => [`ALTER USER ${user} WITH MAX_QUERIES_PER_HOUR 9`], /MAX_QUERIES_PER_HOUR/],
  ['MAX_UPDATES', (user) => [`ALTER USER ${user} WITH MAX_UPDATES_PER_HOUR 9`], /MAX_UPDATES_PER_HOUR/],
  [
    'MAX_CONNECTIONS',
    (user) => [`ALTER USER ${user} WITH MAX_CONNECTIONS_PER_HOUR 9`],
    /MAX_CONNECTIONS_PER_HOUR/,
  ],
  ['MAX_USER', (user) => [`ALTER USER ${user} WITH MAX_USER_CONNECTIONS 9`], /MAX_USER_CONNECTIONS/],
  ['an expiry', (user) => [`ALTER USER ${user} PASSWORD EXPIRE INTERVAL 90 DAY`], /PASSWORD EXPIRE/],
  ['no expiry', (user) => [`ALTER USER ${user} PASSWORD EXPIRE NEVER`], /PASSWORD EXPIRE/],
  ['a history', (user) => [`ALTER USER ${user} PASSWORD HISTORY 5`], /PASSWORD HISTORY/],
  [
    'a reuse interval',
    (user) => [`ALTER USER ${user} PASSWORD REUSE INTERVAL 9 DAY`],
    /PASSWORD REUSE INTERVAL/,
  ],
  ['REQUIRE CURRENT', (user) => [`ALTER USER ${user} PASSWORD REQUIRE CURRENT`], /PASSWORD REQUIRE CURRENT/],
  [
    'a limit of failed logins',
    (user) => [`ALTER USER ${user} FAILED_LOGIN_ATTEMPTS 3 PASSWORD_LOCK_TIME 1`],
    /FAILED_LOGIN_ATTEMPTS/,
  ],
  ['a comment', (user) => [`ALTER USER ${user} COMMENT 'of the web team'`], /ATTRIBUTE comment/],
  ['an attribute', (user) => [`ALTER USER ${user} ATTRIBUTE '{"team": "web"}'`], /ATTRIBUTE team/],
];

async function bringAbout(world: World, user: string, statements: string[]): Promise<void> {
  worlds.afterwards(() => world.admin.run(`DROP ROLE IF EXISTS role_${world.id}`));
  await world.admin.run(...statements);
  expect(await world.admin.rows(`SHOW GRANTS FOR ${user}`)).not.toHaveLength(0);
}

describe('a user that cannot be mirrored is refused before anything is changed', () => {
  it.each(UNSUPPORTED)('the current one with %s', async (_what, statements, saying) => {
    const world = await worlds.make();
    const user = `'${world.users[0]}'`;
    await bringAbout(world, user, statements(user, world));

    await expectRefused(world, { error: 'UnsupportedGrantError', at: 'SetSecret', saying });
    expect(await world.admin.rows('SELECT 1 FROM mysql.user WHERE User = ?', [world.users[1]])).toEqual([]);
  });

  it.each(UNSUPPORTED)('the standby one with %s', async (_what, statements, saying) => {
    const world = await worlds.make();
    const user = `'${world.users[1]}'`;
    await bringAbout(world, user, [`CREATE USER ${user} IDENTIFIED BY 'other'`, ...statements(user, world)]);

    await expectRefused(world, { error: 'UnsupportedGrantError', at: 'SetSecret', saying });
  });

  it('the current one that logs in with another plugin', async () => {
    const world = await worlds.make();
    await world.admin.run(
      `ALTER USER '${world.users[0]}' IDENTIFIED WITH sha256_password BY '${world.firstPassword}'`,
    );

    await expectRefused(world, {
      error: 'UnsupportedGrantError',
      at: 'SetSecret',
      saying: /the authentication plugin sha256_password/,
    });
  });

  it('the standby one with an account at a host where the current one has none', async () => {
    const world = await worlds.make();
    const stray = `'${world.users[1]}'@'10.0.0.1'`;
    await world.admin.run(`CREATE USER ${stray} IDENTIFIED BY 'other'`);
    worlds.afterwards(() => world.admin.run(`DROP USER ${stray}`));

    await expectRefused(world, {
      error: 'UnsupportedGrantError',
      at: 'SetSecret',
      saying: /@10\.0\.0\.1: an account at a host where app_\S+ has none/,
    });
  });

  it('naming everything that stands in the way', async () => {
    const world = await worlds.make();
    await world.admin.run(
      `ALTER USER '${world.users[0]}' REQUIRE SSL WITH MAX_USER_CONNECTIONS 3 COMMENT 'of the web team'`,
    );

    await expectRefused(world, {
      error: 'UnsupportedGrantError',
      at: 'SetSecret',
      saying: /REQUIRE; .*MAX_USER_CONNECTIONS; .*ATTRIBUTE comment/,
    });
  });
});
