import { logsIn } from '../support/database';
import { eachWorld } from '../support/each-world';
import { changingNothing, expectFault, runPreflight } from '../support/preflight';
import { expectRefused } from '../support/refusal';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

/** A world whose current user got another password and retained that of its secret. */
async function retaining(newer = 'Newer-password-1', plugin = 'caching_sha2_password'): Promise<World> {
  const world = await worlds.make();
  const [user] = world.users;
  await world.admin.run(
    `ALTER USER '${user}' IDENTIFIED WITH ${plugin} BY '${world.firstPassword}'`,
    `ALTER USER '${user}' IDENTIFIED BY '${newer}' RETAIN CURRENT PASSWORD`,
  );
  return world;
}

describe('an AWSCURRENT that holds the retained old password of its user', () => {
  it.each(['caching_sha2_password', 'sha256_password'])(
    'is proved, because it logs in, and its copy gets one password (%s)',
    async (plugin) => {
      const world = await retaining('Newer-password-1', plugin);
      const [current, standby] = world.users;

      await changingNothing(world, () => runPreflight(world));
      expect(await world.rotate()).toMatchObject({
        status: 'SUCCEEDED',
        output: { setSecret: { repaired: false } },
      });

      expect(await world.currentSecretWorks()).toBe(true);
      for (const password of [world.firstPassword, 'Newer-password-1']) {
        expect(await logsIn({ username: current, password })).toBe(true);
        expect(await logsIn({ username: standby, password })).toBe(false);
      }
    },
  );

  it('ends with one password for each user when it is rotated on', async () => {
    const world = await retaining();
    const [current] = world.users;

    for (let rotation = 0; rotation < 2; rotation += 1) {
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      expect(await world.currentSecretWorks()).toBe(true);
    }

    for (const password of [world.firstPassword, 'Newer-password-1']) {
      expect(await logsIn({ username: current, password })).toBe(false);
    }
  });

  it('is not proved when it is neither the old password nor the new one', async () => {
    const world = await retaining();
    await world.putSecret({ ...(await world.secret()), password: 'neither' }, 'AWSCURRENT');
    const saying = /the password of the AWSCURRENT version is not that of/;

    await expectRefused(world, { error: 'CurrentCredentialRejectedError', at: 'SetSecret', saying });
    await expectFault(world, { layer: 'current-login', error: 'CurrentCredentialRejectedError', saying });
  });

  it('is not proved once the old password is discarded', async () => {
    const world = await retaining();
    await world.admin.run(`ALTER USER '${world.users[0]}' DISCARD OLD PASSWORD`);

    await expectRefused(world, {
      error: 'CurrentCredentialRejectedError',
      at: 'SetSecret',
      saying: /is not that of/,
    });
  });
});
