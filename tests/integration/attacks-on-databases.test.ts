import { eachWorld } from '../support/each-world';
import { expectRefused } from '../support/refusal';
import { endSecretsManagerAfterAll } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

describe('whoever may write the secret does not get rights on another database', () => {
  /** A database that belongs to somebody else; `users` are absent, so an initial setup could be asked for. */
  const absent = { currentUser: 'absent', secret: { dbname: 'somebody_elses' } } as const;

  it('by naming two users that do not exist', async () => {
    const world = await worlds.make({ ...absent, naming: 'suffix' });

    await expectRefused(world, {
      error: 'InitialSetupNotAllowedError',
      at: 'SetSecret',
      saying: /neither .* nor its standby exists/,
    });
  });

  it('when the deployer listed the databases', async () => {
    const world = await worlds.make({ ...absent, naming: 'suffix' });
    world.setEnvironment({ ALLOW_INITIAL_SETUP: world.database });

    await expectRefused(world, {
      error: 'InitialSetupNotAllowedError',
      at: 'SetSecret',
      saying: /dbname of the secret is not listed/,
    });
  });

  it.each(['somebody_elses', '%', '_%', 'db\\_', '*', 'x`.* TO root; --', 'mysql`.`user'])(
    'as %s, because the master has none there',
    async (dbname) => {
      const world = await worlds.make({ currentUser: 'absent', secret: { dbname } });

      await expectRefused(world, {
        error: 'GrantNotPossibleError',
        at: 'SetSecret',
        saying: /the master .* has not the right to grant SELECT/,
      });
    },
  );
});
