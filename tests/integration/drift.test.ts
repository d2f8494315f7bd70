import { eachWorld } from '../support/each-world';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

/** The rights of a user at one host, as the server writes them, for an anonymous grantee. */
async function grantsOf(world: World, user: string, host = '%'): Promise<string[]> {
  const rows = await world.admin.rows<Record<string, string>>(`SHOW GRANTS FOR '${user}'@'${host}'`);
  return rows
    .flatMap((row) => Object.values(row))
    .map((grant) => grant.replaceAll(`\`${user}\``, 'somebody'))
    .sort();
}

/** A world whose master may give everything away, and whose standby exists. */
async function makeWorld(): Promise<World> {
  const world = await worlds.make();
  await world.admin.run(
    `GRANT ALL PRIVILEGES ON *.* TO '${world.master.username}' WITH GRANT OPTION`,
    `CREATE USER '${world.users[1]}' IDENTIFIED BY 'other'`,
  );
  return world;
}

type Grants = readonly string[];

/** What each user holds before, every `@` standing for the user, and `db` for the world's database. */
const DRIFTS: [where: string, current: Grants, standby: Grants][] = [
  [
    'global rights',
    ['GRANT PROCESS, REPLICATION CLIENT ON *.* TO @'],
    ['GRANT RELOAD, PROCESS, SHOW DATABASES ON *.* TO @'],
  ],
  [
    'dynamic rights and the option to give them on',
    [
      'GRANT CONNECTION_ADMIN, BACKUP_ADMIN ON *.* TO @',
      'GRANT XA_RECOVER_ADMIN, SHOW_ROUTINE ON *.* TO @ WITH GRANT OPTION',
    ],
    [
      'GRANT CONNECTION_ADMIN, ENCRYPTION_KEY_ADMIN ON *.* TO @ WITH GRANT OPTION',
      'GRANT XA_RECOVER_ADMIN, TABLE_ENCRYPTION_ADMIN ON *.* TO @',
    ],
  ],
  [
    'rights on a database',
    ['GRANT CREATE VIEW, EVENT, TRIGGER ON db.* TO @'],
    ['GRANT ALL PRIVILEGES ON db.* TO @', 'GRANT SELECT ON elsewhere.* TO @'],
  ],
  ['all rights on a database', ['GRANT ALL PRIVILEGES ON db.* TO @ WITH GRANT OPTION'], []],
  [
    'the grant option on a database and on a table',
    [
      'GRANT SELECT ON elsewhere.* TO @ WITH GRANT OPTION',
      'GRANT UPDATE ON db.item TO @',
      'GRANT USAGE ON third.* TO @',
    ],
    [
      'GRANT SELECT ON elsewhere.* TO @',
      'GRANT SELECT, UPDATE ON db.item TO @ WITH GRANT OPTION',
      'GRANT SELECT ON third.* TO @ WITH GRANT OPTION',
    ],
  ],
  [
    'rights on a table',
    ['GRANT SELECT, SHOW VIEW, INDEX, ALTER, CREATE VIEW, TRIGGER ON db.item TO @'],
    ['GRANT ALL PRIVILEGES ON db.item TO @', 'GRANT SELECT ON mysql.time_zone TO @'],
  ],
  [
    'patterns of databases, byte for byte',
    [
      String.raw`GRANT SELECT ON ${'`a\\_b`'}.* TO @`,
      String.raw`GRANT INSERT ON ${'`a_b`'}.* TO @`,
      String.raw`GRANT UPDATE ON ${'`a%`'}.* TO @`,
    ],
    [
      String.raw`GRANT INSERT ON ${'`a\\_b`'}.* TO @`,
      String.raw`GRANT DELETE ON ${'`a\\%`'}.* TO @`,
      String.raw`GRANT DELETE ON ${'`%`'}.* TO @`,
    ],
  ],
  [
    'databases with awkward names',
    [
      'GRANT SELECT ON `we``ird`.* TO @',
      'GRANT SELECT ON `it\'s "it"`.* TO @',
      'GRANT SELECT ON `dätabäse 資料`.* TO @',
      'GRANT SELECT ON `a TO b`.* TO @',
    ],
    ['GRANT INSERT ON `we``ird`.* TO @', 'GRANT SELECT ON `; DROP`.* TO @'],
  ],
];

describe('a standby whose rights have drifted is made equal again', () => {
  it.each(DRIFTS)('in %s', async (_where, current, standby) => {
    const world = await makeWorld();
    const give = (user: string, grants: Grants) =>
      world.admin.run(
        ...grants.map((grant) =>
          grant.replace('@', `'${user}'`).replace(/\bdb\b/, world.database.replaceAll('$', '')),
        ),
      );
    await give(world.users[0], current);
    await give(world.users[1], standby);
    const wanted = await grantsOf(world, world.users[0]);
    expect(await grantsOf(world, world.users[1])).not.toEqual(wanted);

    const execution = await world.rotate();

    expect(execution).toMatchObject({ status: 'SUCCEEDED' });
    expect(await grantsOf(world, world.users[1])).toEqual(wanted);
    expect(await grantsOf(world, world.users[0])).toEqual(wanted);
    await world.admin.run('FLUSH PRIVILEGES');
    expect(await grantsOf(world, world.users[1])).toEqual(wanted);
    expect(await world.rotate()).toMatchObject({
      status: 'SUCCEEDED',
      output: { setSecret: { granted: 0, revoked: 0 } },
    });
  });

  it.each([
    ['without CREATE', 'SELECT, INSERT'],
    ['with CREATE', 'CREATE, SELECT'],
    ['with the grant option', 'SELECT', 'WITH GRANT OPTION'],
  ])('in rights on a table that has been dropped, %s', async (_how, privileges, option = '') => {
    const world = await makeWorld();
    const { admin, database, users } = world;
    await admin.run(
      `CREATE TABLE ${database}.gone (id INT)`,
      `GRANT ${privileges} ON ${database}.gone TO '${users[0]}' ${option}`,
      `CREATE TABLE ${database}.away (id INT)`,
      `GRANT SELECT ON ${database}.away TO '${users[1]}'`,
      `DROP TABLE ${database}.gone, ${database}.away`,
    );
    const wanted = await grantsOf(world, users[0]);

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });

    expect(await grantsOf(world, users[1])).toEqual(wanted);
  });

  it('at every host of the user, with the rights of each', async () => {
    const world = await makeWorld();
    const { admin, database, users } = world;
    await admin.run(
      ...['localhost', '127.0.0.1'].flatMap((host) => [
        `CREATE USER '${users[0]}'@'${host}' IDENTIFIED BY '${world.firstPassword}'`,
        `GRANT SELECT ON ${database}.* TO '${users[0]}'@'${host}'`,
      ]),
      `GRANT DELETE ON ${database}.item TO '${users[0]}'@'127.0.0.1'`,
    );
    worlds.afterwards(() =>
      admin.run(
        ...users.flatMap((user) =>
          ['localhost', '127.0.0.1'].map((host) => `DROP USER IF EXISTS '${user}'@'${host}'`),
        ),
      ),
    );

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });

    for (const host of ['%', 'localhost', '127.0.0.1']) {
      expect(await grantsOf(world, users[1], host)).toEqual(await grantsOf(world, users[0], host));
    }
    expect(await world.currentSecretWorks()).toBe(true);
    expect(await world.rotate()).toMatchObject({
      status: 'SUCCEEDED',
      output: { setSecret: { granted: 0, revoked: 0 } },
    });
  });
});
