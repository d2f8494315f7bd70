import { randomUUID } from 'node:crypto';
import { secretMark } from '../../lib/secrets/secret-mark';
import { eachWorld } from '../support/each-world';
import { addNeighbour, reads } from '../support/neighbour';
import { makeStranger, stranger } from '../support/stranger';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

const KEY = 'stepwise-rotation';

/** The marker of a user as the server shows it to everybody. */
async function markerOf(world: World, username: string): Promise<unknown> {
  const [row] = await world.admin.rows<{ attribute: unknown }>(
    'SELECT ATTRIBUTE AS attribute FROM information_schema.USER_ATTRIBUTES WHERE USER = ?',
    [username],
  );
  const { attribute } = row ?? {};
  const parsed = (typeof attribute === 'string' ? JSON.parse(attribute) : attribute) as Record<
    string,
    unknown
  >;
  return parsed[KEY];
}

const mark = (world: World, username: string, marker: unknown) =>
  world.admin.run(`ALTER USER '${username}' ATTRIBUTE '${JSON.stringify({ [KEY]: marker })}'`);

describe('the marker of a standby user', () => {
  it('names the secret by a hash of its ARN', async () => {
    const world = await worlds.make({ naming: 'suffix' });
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });

    const { AWSCURRENT: version } = await world.labels();
    expect(await markerOf(world, world.users[1])).toMatchObject({
      version,
      secret: secretMark(world.secretArn),
    });
    expect(secretMark(world.secretArn)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is put on the account by the statement that creates it', async () => {
    const world = await worlds.make({ naming: 'suffix' });
    const marked: unknown[] = [];
    const [, clone] = world.users;
    await world.admin.run("SET GLOBAL log_output = 'TABLE'", 'SET GLOBAL general_log = ON');
    worlds.afterwards(() =>
      world.admin.run('SET GLOBAL general_log = OFF', "SET GLOBAL log_output = 'FILE'"),
    );
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    const statements = await world.admin.rows<{ text: string }>(
      'SELECT CONVERT(argument USING utf8mb4) AS text FROM mysql.general_log WHERE argument LIKE ?',
      [`CREATE USER %${clone}%`],
    );
    marked.push(...statements.filter(({ text }) => text.includes(secretMark(world.secretArn))));
    expect(marked).toHaveLength(1);
  });

  it('of another secret is refused, whoever the deployer has named as the pair', async () => {
    const world = await worlds.make({ naming: 'pair' });
    await makeStranger(world, world.users[1]);
    await mark(world, world.users[1], {
      version: randomUUID(),
      secret: secretMark(`${world.secretArn} of another stack`),
    });

    const execution = await world.rotate();

    expect(execution).toMatchObject({ status: 'FAILED', error: 'StandbyOwnedElsewhereError' });
    expect(execution.cause).toMatch(/is marked for another secret/);
    expect(await reads(stranger(world.users[1]), world)).toBe(true);

    world.setEnvironment({ ALLOW_TAKEOVER: `${world.secretArn}=${world.users[1]}` });
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await markerOf(world, world.users[1])).toMatchObject({ secret: secretMark(world.secretArn) });
  });

  it('of another secret on the current user is refused, even though its password is right', async () => {
    const world = await worlds.make({ naming: 'pair' });
    await mark(world, world.users[0], { version: randomUUID(), secret: secretMark('of another Region') });

    const execution = await world.rotate();

    expect(execution).toMatchObject({ status: 'FAILED', error: 'SharedUserError' });
    expect(execution.cause).toMatch(/is marked for another secret/);
    world.setEnvironment({ ALLOW_TAKEOVER: `${world.secretArn}=${world.users[0]}` });
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('of an earlier release, without the secret, is known by its version', async () => {
    const world = await worlds.make({ naming: 'suffix' });
    await world.rotate();
    await world.rotate();
    for (const user of world.users) await mark(world, user, { secret: null });
    await world.admin.run(`ALTER USER '${world.users[1]}' IDENTIFIED BY 'by hand'`);

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });

    expect(await markerOf(world, world.users[1])).toMatchObject({ secret: secretMark(world.secretArn) });
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('of an earlier release is no proof when its version is of another secret', async () => {
    const world = await worlds.make({ naming: 'suffix' });
    const other = await addNeighbour(world, 'other');
    await makeStranger(world, world.users[1]);
    await mark(world, world.users[1], { version: randomUUID() });

    expect(await other.rotate()).toMatchObject({ status: 'FAILED', error: 'StandbyOwnedElsewhereError' });
    expect(await reads(stranger(world.users[1]), world)).toBe(true);
  });
});

describe('an attribute in the place of the marker that is none', () => {
  const STRANGE: [string, unknown][] = [
    ['a number', 5],
    ['a text', 'rotated by hand'],
    ['a list', ['a', 'b']],
    ['true', true],
    ['an object without a version', { team: 'shop' }],
    ['a version that is a number', { version: 5 }],
    ['the version __proto__', { version: '__proto__', secret: '__proto__' }],
    ['the version constructor', { version: 'constructor' }],
    ['a version of 20,000 characters', { version: 'v'.repeat(20_000) }],
    ['a secret that is no mark', { version: randomUUID(), secret: 7 }],
  ];

  it.each(STRANGE)('is not taken for one: %s', async (_name, marker) => {
    const world = await worlds.make({ naming: 'suffix' });
    await makeStranger(world, world.users[1]);
    await mark(world, world.users[1], marker);

    expect(await world.rotate()).toMatchObject({ status: 'FAILED', error: 'StandbyOwnedElsewhereError' });

    world.setEnvironment({ ALLOW_TAKEOVER: `${world.secretArn}=${world.users[1]}` });
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await markerOf(world, world.users[1])).toMatchObject({ secret: secretMark(world.secretArn) });
    expect(await world.currentSecretWorks()).toBe(true);
  });
});
