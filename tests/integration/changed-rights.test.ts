import { inProcess } from '../../local/lambda/in-process';
import { steps } from '../../local/steps';
import { connectAs, server } from '../support/database';
import { eachWorld } from '../support/each-world';
import { endSecretsManagerAfterAll, type World } from '../support/world';
import { describeUser, differencesBetween } from '../shapes/compare';
import { ShapeServer } from '../shapes/shape-server';

endSecretsManagerAfterAll();
const worlds = eachWorld();

let shapes: ShapeServer;
beforeAll(async () => {
  shapes = await ShapeServer.open(server);
});
afterAll(() => shapes.close());

const withoutMarker = (text: string): string =>
  text.replace(/"stepwise-rotation": \{[^}]*\}(, )?/, '').replace(" ATTRIBUTE '{}'", '');

/** What differs between the two users of a world, in the server's words. */
async function differences({ users }: World): Promise<string[]> {
  const [one = [], other = []] = await Promise.all(users.map((user) => describeUser(shapes, user)));
  return differencesBetween(one.map(withoutMarker), other.map(withoutMarker));
}

const database = (world: World): string => `\`${world.database.replaceAll('_', String.raw`\_`)}\`.*`;
const current = (world: World): string => `'${world.users[0]}'`;
const roleOf = (world: World): string => `'role_${world.id}'`;

/** The application makes a routine, and the server gives it to its creator alone (automatic_sp_privileges). */
async function makeRoutine(world: World): Promise<void> {
  const { username, password } = await world.secret();
  const connection = await connectAs({ username, password }, world.database);
  await connection.query('CREATE PROCEDURE made_by_the_application() SELECT 1');
  await connection.end();
}

type Change = (world: World) => Promise<unknown>;
const running =
  (...statements: ((world: World) => string)[]): Change =>
  (world) =>
    world.admin.run(...statements.map((statement) => statement(world)));

const CHANGES: [what: string, change: Change][] = [
  [
    'a right on the database is given',
    running((w) => `GRANT CREATE VIEW ON ${database(w)} TO ${current(w)}`),
  ],
  ['a right on the database is taken', running((w) => `REVOKE DELETE ON ${database(w)} FROM ${current(w)}`)],
  ['a right on a table is given', running((w) => `GRANT ALTER ON \`${w.database}\`.item TO ${current(w)}`)],
  [
    'a right on a column is given',
    running((w) => `GRANT REFERENCES (id) ON \`${w.database}\`.item TO ${current(w)}`),
  ],
  ['a global right is given', running((w) => `GRANT PROCESS ON *.* TO ${current(w)}`)],
  ['a role is given', running((w) => `GRANT ${roleOf(w)} TO ${current(w)}`)],
  [
    'a role is given and made a default one',
    running(
      (w) => `GRANT ${roleOf(w)} TO ${current(w)}`,
      (w) => `SET DEFAULT ROLE ${roleOf(w)} TO ${current(w)}`,
    ),
  ],
  ['TLS is required', running((w) => `ALTER USER ${current(w)} REQUIRE SSL`)],
  ['a limit is set', running((w) => `ALTER USER ${current(w)} WITH MAX_USER_CONNECTIONS 77`)],
  ['the application makes a routine', makeRoutine],
];

/** A master that may give whatever a change gives. */
async function makeWorld(environment: Record<string, string> = {}): Promise<World> {
  const world = await worlds.make({ environment });
  await world.admin.run(
    `GRANT ALL ON *.* TO '${world.master.username}' WITH GRANT OPTION`,
    `CREATE ROLE ${roleOf(world)}`,
    `GRANT EXECUTE ON ${database(world)} TO ${roleOf(world)}`,
    `GRANT CREATE ROUTINE ON ${database(world)} TO ${current(world)}`,
  );
  worlds.afterwards(() => shapes.run(`DROP ROLE IF EXISTS ${roleOf(world)}`));
  return world;
}

const rotateWith = (world: World, act: Change, times = 1) => {
  let left = times;
  const actFirst = async (event: unknown): Promise<unknown> => {
    if (left-- > 0) await act(world);
    return inProcess(steps.TestSecret)(event);
  };
  return world.rotate({ handlers: { ...steps, TestSecret: actFirst } });
};

describe('rights of the current user that change between SetSecret and TestSecret', () => {
  it.each(CHANGES)('are copied before the promotion when %s', async (_what, change) => {
    const world = await makeWorld();

    const execution = await rotateWith(world, change);

    expect(execution).toMatchObject({ status: 'SUCCEEDED' });
    expect(execution.states.map(({ name }) => name)).toContain('SetAgain');
    expect(await differences(world)).toEqual([]);
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('end the rotation by name when they change all the time', async () => {
    const world = await makeWorld();
    const before = await world.labels();
    let count = 0;

    const execution = await rotateWith(
      world,
      async () => {
        count += 1;
        await world.admin.run(
          `${count % 2 === 1 ? 'GRANT' : 'REVOKE'} INDEX ON ${database(world)} ${count % 2 === 1 ? 'TO' : 'FROM'} ${current(world)}`,
        );
      },
      Infinity,
    );

    if (execution.status === 'FAILED') {
      expect(execution.error).toBe('PrivilegeParityError');
      expect(await world.labels()).toMatchObject({ AWSCURRENT: before['AWSCURRENT'] });
    }
    expect(await world.currentSecretWorks()).toBe(true);
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await differences(world)).toEqual([]);
  });

  it('are no difference when the standby goes without some on purpose', async () => {
    const world = await worlds.make({ environment: { ALLOW_MISSING_RIGHTS: 'PROCESS,BACKUP_ADMIN' } });
    await world.admin.run(`GRANT PROCESS, BACKUP_ADMIN ON *.* TO ${current(world)}`);

    const execution = await world.rotate();

    expect(execution).toMatchObject({ status: 'SUCCEEDED' });
    expect(execution.states.map(({ name }) => name)).not.toContain('SetAgain');
  });

  it('are found although the standby goes without another right of the same kind', async () => {
    const world = await worlds.make({ environment: { ALLOW_MISSING_RIGHTS: 'PROCESS' } });
    await world.admin.run(
      `GRANT PROCESS ON *.* TO ${current(world)}`,
      `GRANT RELOAD ON *.* TO '${world.master.username}' WITH GRANT OPTION`,
    );

    const execution = await rotateWith(
      world,
      running((w) => `GRANT RELOAD ON *.* TO ${current(w)}`),
    );

    expect(execution).toMatchObject({ status: 'SUCCEEDED' });
    const grants = await world.admin.rows(`SHOW GRANTS FOR '${world.users[1]}'`);
    expect(JSON.stringify(grants)).toMatch(/RELOAD/);
  });

  it('cannot be seen when the current user does not log in any more, which is no reason to fail', async () => {
    const world = await makeWorld();

    const execution = await rotateWith(
      world,
      running((w) => `ALTER USER ${current(w)} IDENTIFIED BY 'by hand'`),
    );

    expect(execution).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('cannot be seen while the sessions of the current user use up its limit, which is no reason to fail', async () => {
    const world = await makeWorld();
    await world.admin.run(`ALTER USER ${current(world)} WITH MAX_USER_CONNECTIONS 1`);
    const { username, password } = await world.secret();
    const session = await connectAs({ username, password });

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    await session.end();
    expect(await world.currentSecretWorks()).toBe(true);
  });
});
