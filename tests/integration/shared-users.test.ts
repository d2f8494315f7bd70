import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { eachWorld } from '../support/each-world';
import { addNeighbour, neighbourAt, reads } from '../support/neighbour';
import { changingNothing, expectFault, runPreflight } from '../support/preflight';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

const listing = (world: World, ...arns: string[]) => {
  world.setEnvironment({ APP_SECRET_ARNS: [world.secretArn, ...arns].join() });
};

describe('preflight finds that another secret of the deployer', () => {
  it.each([
    ['holds the same user', (name: string) => name],
    ["holds what is this secret's standby user", (name: string) => `${name}_clone`],
  ])('%s', async (_what, nameOf) => {
    const world = await worlds.make({ naming: 'suffix' });
    const reader = await addNeighbour(world, 'reader', { username: nameOf(world.users[0]) });
    listing(world, reader.arn);

    await expectFault(world, {
      layer: 'secret-schema',
      error: 'SharedUserError',
      saying: new RegExp(`${world.secretArn} and ${reader.arn} meet in the user .*user of its own`),
    });
    expect(await reader.preflight()).toMatchObject({ name: 'SharedUserError' });
  });

  it('shares a named pair', async () => {
    const world = await worlds.make({ naming: 'pair' });
    const reader = await addNeighbour(world, 'reader', { username: world.users[1] });
    listing(world, reader.arn);

    expect(await neighbourAt(world, world.secretArn).preflight()).toMatchObject({ name: 'SharedUserError' });
  });

  it("has a user whose standby user is this secret's current one", async () => {
    const world = await worlds.make({ naming: 'suffix' });
    const [shop, clone] = world.users;
    await world.rotate();
    expect((await world.secret()).username).toBe(clone);
    const reader = await addNeighbour(world, 'reader', { username: shop });
    listing(world, reader.arn);

    expect(await neighbourAt(world, world.secretArn).preflight()).toMatchObject({ name: 'SharedUserError' });
  });

  it('logs in as the standby user under another spelling of the host', async () => {
    const world = await worlds.make({ naming: 'suffix' });
    await world.rotate();
    const reader = await addNeighbour(world, 'reader', {
      username: world.users[0],
      password: world.firstPassword,
      host: 'db.alias.example',
    });
    listing(world, reader.arn);

    const error = await neighbourAt(world, world.secretArn).preflight();
    expect(error).toMatchObject({ name: 'SharedUserError' });
    expect(await world.rotate()).toMatchObject({ status: 'FAILED', error: 'SharedUserError' });
    expect(await reads(await reader.secret(), world)).toBe(true);
  });
});

describe('preflight does not mind that another secret of the deployer', () => {
  it.each([
    ['holds a user of its own', { username: 'reporting' }],
    ['holds the same user on another port', { port: 3307 }],
    ['holds the same user on another host', { host: 'other.example', password: 'another' }],
  ])('%s', async (_what, fields) => {
    const world = await worlds.make({ naming: 'suffix' });
    const reader = await addNeighbour(world, 'reader', fields);
    listing(world, reader.arn);

    expect(await changingNothing(world, () => runPreflight(world))).not.toHaveProperty('notCompared');
  });

  it('cannot be read, but says so', async () => {
    const world = await worlds.make({ naming: 'suffix' });
    const gone = `${world.secretArn.slice(0, -6)}AbCdEf`;
    const broken = await addNeighbour(world, 'broken');
    await world.client.send(new PutSecretValueCommand({ SecretId: broken.arn, SecretString: 'not JSON' }));
    listing(world, gone, broken.arn);

    expect(await runPreflight(world)).toMatchObject({ notCompared: [gone, broken.arn] });
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('is the 51st, but says so', async () => {
    const world = await worlds.make({ naming: 'suffix' });
    const others: string[] = [];
    for (let number = 0; number < 51; number += 1) {
      others.push((await addNeighbour(world, `other-${number}`, { username: `other_${number}` })).arn);
    }
    listing(world, ...others);

    expect(await runPreflight(world)).toMatchObject({ notCompared: others.slice(-1) });
  });
});

describe('a rotation beside another secret of the deployer', () => {
  it('does not take the login of one that was made as a copy after both users were marked', async () => {
    const world = await worlds.make({ naming: 'suffix' });
    await world.rotate();
    await world.rotate();
    const { username, password } = await world.secret();
    const copy = await addNeighbour(world, 'copy', { username, password });
    listing(world, copy.arn);

    const outcomes = [await world.rotate(), await world.rotate()];

    expect(outcomes.map(({ error }) => error)).toEqual([undefined, 'SharedUserError']);
    expect(await reads(await copy.secret(), world)).toBe(true);
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('goes on when the other one names the standby user with a password that is not its own', async () => {
    const world = await worlds.make({ naming: 'suffix' });
    await world.rotate();
    const guesser = await addNeighbour(world, 'guesser', { username: world.users[0], password: 'a guess' });
    listing(world, guesser.arn);

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('costs one call for each of them', async () => {
    const world = await worlds.make({ naming: 'suffix' });
    const others = [await addNeighbour(world, 'a', { username: 'a' }), await addNeighbour(world, 'b')];
    await world.rotate();
    await world.rotate();
    const [, alone] = await world.rotateCounted();
    listing(world, ...others.map(({ arn }) => arn));
    const other = await others[1]?.secret();
    await world.client.send(
      new PutSecretValueCommand({
        SecretId: others[1]?.arn,
        SecretString: JSON.stringify({ ...other, username: 'b' }),
      }),
    );

    const [execution, counts] = await world.rotateCounted();

    expect(execution).toMatchObject({ status: 'SUCCEEDED' });
    const total = ({ secretsManagerCalls: calls }: typeof counts) =>
      Object.values(calls).reduce((sum, number) => sum + number, 0);
    expect(total(counts)).toBe(total(alone) + 2);
  });
});
