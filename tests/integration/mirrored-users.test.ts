import { eachWorld } from '../support/each-world';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

type Statements = (user: string, world: World) => string[];

/** What the current user is given, and what the master needs for that beyond the rights on the database. */
const SHAPES: readonly (readonly [what: string, current: Statements, master?: Statements])[] = [
  ['a right on a column', (user, { database }) => [`GRANT UPDATE (name) ON ${database}.item TO ${user}`]],
  [
    'a right on a routine',
    (user, { database }) => [
      `CREATE PROCEDURE ${database}.work() SELECT 1`,
      `GRANT EXECUTE ON PROCEDURE ${database}.work TO ${user}`,
    ],
  ],
  [
    'a role, by default',
    (user, { id }) => [`GRANT role_${id} TO ${user}`, `SET DEFAULT ROLE role_${id} TO ${user}`],
    (user, { id }) => [`GRANT role_${id} TO ${user} WITH ADMIN OPTION`],
  ],
  [
    'a right to be somebody else',
    (user, { id }) => [`GRANT PROXY ON role_${id} TO ${user}`],
    (user, { id }) => [`GRANT PROXY ON role_${id} TO ${user} WITH GRANT OPTION`],
  ],
  ['REQUIRE SSL', (user) => [`ALTER USER ${user} REQUIRE SSL`]],
  ['limits', (user) => [`ALTER USER ${user} WITH MAX_QUERIES_PER_HOUR 900 MAX_USER_CONNECTIONS 9`]],
  ['an expiry', (user) => [`ALTER USER ${user} PASSWORD EXPIRE INTERVAL 90 DAY`]],
  ['a history', (user) => [`ALTER USER ${user} PASSWORD HISTORY 5 PASSWORD REUSE INTERVAL 9 DAY`]],
  ['REQUIRE CURRENT', (user) => [`ALTER USER ${user} PASSWORD REQUIRE CURRENT`]],
  ['failed logins limited', (user) => [`ALTER USER ${user} FAILED_LOGIN_ATTEMPTS 1 PASSWORD_LOCK_TIME 1`]],
  ['an attribute', (user) => [`ALTER USER ${user} ATTRIBUTE '{"team": {"name": "web"}, "comment": "x"}'`]],
  [
    'sha256_password',
    (user, { firstPassword }) => [`ALTER USER ${user} IDENTIFIED WITH sha256_password BY '${firstPassword}'`],
  ],
];

/** All that the server says of a user, without its name, its hash and our marker. */
async function portrait(world: World, user: string): Promise<string[]> {
  await world.admin.run('SET SESSION print_identified_with_as_hex = ON');
  const rows = [
    ...(await world.admin.rows<object>(`SHOW GRANTS FOR '${user}'`)),
    ...(await world.admin.rows<object>(`SHOW CREATE USER '${user}'`)),
  ];
  return rows.map((row) =>
    String(Object.values(row)[0])
      .replaceAll(user, 'user')
      .replace(/ AS (?:0x[0-9A-F]+|'[\s\S]*?'(?= REQUIRE | DEFAULT ROLE ))/, '')
      .replace(/"stepwise-rotation": \{[^}]*\}(, )?/, '')
      .replace(/(, )?\}'$/, "}'")
      .replace(/ ATTRIBUTE '\{\}'$/, ''),
  );
}

describe('a user is mirrored with', () => {
  const cases = SHAPES.map(([what, current, master = () => []]) => ({ what, current, master }));

  it.each(cases)('$what, from rotation to rotation', async ({ current, master }) => {
    const world = await worlds.make();
    const role = `role_${world.id}`;
    worlds.afterwards(() => world.admin.run(`DROP ROLE IF EXISTS ${role}`));
    await world.admin.run(`CREATE ROLE ${role}`);
    await world.admin.run(...current(`'${world.users[0]}'`, world));
    await world.admin.run(...master(`'${world.master.username}'`, world));
    const before = await portrait(world, world.users[0]);

    for (const user of [world.users[1], world.users[0], world.users[1]]) {
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      expect(await portrait(world, user)).toEqual(before);
      expect(await world.currentSecretWorks()).toBe(true);
    }
  });
});

describe('a right that the master cannot give', () => {
  it('stops the rotation before anything is changed, and its remedy mends it', async () => {
    const world = await worlds.make();
    await world.admin.run(`GRANT PROCESS ON *.* TO '${world.users[0]}'`);
    const before = await world.snapshot();

    const refused = await world.rotate();

    expect(refused).toMatchObject({ status: 'FAILED', error: 'GrantNotPossibleError' });
    expect(await world.snapshot()).toEqual(before);
    const remedy = /to grant PROCESS ON \*\.\* at % \(remedy: ([^)]+)\)/.exec(refused.cause ?? '')?.[1] ?? '';
    expect(remedy).toMatch(/^GRANT PROCESS ON \*\.\* TO /);

    await world.admin.run(remedy);
    const last = refused.states.at(-1);
    expect(await world.rotate({ startAt: 'SetSecret', input: last?.input })).toMatchObject({
      status: 'SUCCEEDED',
    });
  });

  it('may be left out when the deployer names it, and is told', async () => {
    const world = await worlds.make({ environment: { ALLOW_MISSING_RIGHTS: 'PROCESS' } });
    await world.admin.run(`GRANT PROCESS ON *.* TO '${world.users[0]}'`);

    expect(await world.rotate()).toMatchObject({
      status: 'SUCCEEDED',
      output: { setSecret: { skipped: ['PROCESS ON *.*'], granted: 4 } },
    });
    expect(await world.currentSecretWorks()).toBe(true);
  });
});
