import { eachWorld } from '../support/each-world';
import { expectRefused } from '../support/refusal';
import { endSecretsManagerAfterAll } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

describe('a user that cannot be mirrored is refused before anything is changed', () => {
  it('whose standby has an account at a host where it has none', async () => {
    const world = await worlds.make();
    const stray = `'${world.users[1]}'@'10.0.0.1'`;
    await world.admin.run(`CREATE USER ${stray} IDENTIFIED BY 'other'`);
    worlds.afterwards(() => world.admin.run(`DROP USER ${stray}`));

    await expectRefused(world, {
      error: 'UnsupportedAccountError',
      at: 'SetSecret',
      saying: /@10\.0\.0\.1: an account at a host where app_\S+ has none/,
    });
  });

  it('whose right on another database the master has not', async () => {
    const world = await worlds.make();
    await world.admin.run(`GRANT SELECT ON elsewhere.* TO '${world.users[0]}'`);

    await expectRefused(world, {
      error: 'GrantNotPossibleError',
      at: 'SetSecret',
      saying: /to grant SELECT ON `elsewhere`\.\* at % \(remedy: GRANT SELECT ON `elsewhere`\.\* TO/,
    });
  });
});
