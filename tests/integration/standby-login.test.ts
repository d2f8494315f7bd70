import { logsIn } from '../support/database';
import { eachWorld } from '../support/each-world';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

/** A world whose standby exists. */
async function makeWorld(): Promise<World> {
  const world = await worlds.make();
  await world.admin.run(`CREATE USER '${world.users[1]}' IDENTIFIED BY 'other'`);
  return world;
}

describe('a standby that cannot log in is made to', () => {
  it.each([
    ['locked', (user: string) => `ALTER USER ${user} ACCOUNT LOCK`],
    ['expired', (user: string) => `ALTER USER ${user} PASSWORD EXPIRE`],
    ['of another plugin', (user: string) => `ALTER USER ${user} IDENTIFIED WITH sha256_password BY 'other'`],
    ['without a password', (user: string) => `ALTER USER ${user} IDENTIFIED BY ''`],
  ])('when it is %s', async (_how, statement) => {
    const world = await makeWorld();
    await world.admin.run(statement(`'${world.users[1]}'`));

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });

    expect(await world.currentSecretWorks()).toBe(true);
    expect(await logsIn({ username: world.users[1], password: '' })).toBe(false);
    expect(await world.admin.rows('SELECT plugin FROM mysql.user WHERE User = ?', [world.users[1]])).toEqual([
      { plugin: 'caching_sha2_password' },
    ]);
  });

  it('and its retained old password does not log in any more', async () => {
    const world = await makeWorld();
    const [, username] = world.users;
    await world.admin.run(`ALTER USER '${username}' IDENTIFIED BY 'newer' RETAIN CURRENT PASSWORD`);
    expect(await logsIn({ username, password: 'other' })).toBe(true);

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });

    expect(await logsIn({ username, password: 'other' })).toBe(false);
    expect(await logsIn({ username, password: 'newer' })).toBe(false);
    expect(await world.currentSecretWorks()).toBe(true);
  });
});

describe('the current user', () => {
  it('is not touched by a rotation', async () => {
    const world = await makeWorld();
    const before = await world.admin.accountsOf(world.users[0]);

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });

    expect(await world.admin.accountsOf(world.users[0])).toEqual(before);
    expect(await logsIn({ username: world.users[0], password: world.firstPassword })).toBe(true);
  });
});
