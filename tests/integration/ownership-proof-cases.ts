import { UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import { unusablePassword } from '../../lib/databases/mysql/passwords/unusable-password';
import { eachWorld } from '../support/each-world';
import { addNeighbour, reads } from '../support/neighbour';
import { makeStranger, stranger } from '../support/stranger';
import type { World } from '../support/world';

/** What an earlier rotation left is known by its password alone, as after a restore without attributes. */
const unmark = (world: World, isMarked: boolean, ...users: string[]) =>
  isMarked
    ? world.admin.run(...users.map((user) => `ALTER USER '${user}' ATTRIBUTE '{"stepwise-rotation": null}'`))
    : undefined;

/** What proves that a user is the secret's own, as far as it is the same on both servers. */
export function describeProofs({ isMarked }: { isMarked: boolean }): void {
  const worlds = eachWorld();
  const make = () => worlds.make({ naming: 'suffix' });

  describe('a standby user whose password a version of the secret holds', () => {
    it('is known after its owner has edited AWSCURRENT, which moves AWSPREVIOUS off its version', async () => {
      const world = await make();
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      await unmark(world, isMarked, ...world.users);
      await world.putSecret({ ...(await world.secret()), comment: 'by hand' }, 'AWSCURRENT');

      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      expect(await world.currentSecretWorks()).toBe(true);
    });

    it('is known by a version that was withdrawn', async () => {
      const world = await make();
      const [, username] = world.users;
      const password = 'aA1!of-a-withdrawn-version-123456';
      const withdrawn = await world.putSecret(
        { ...(await world.secret()), username, password },
        'AWSPENDING',
      );
      await world.admin.run(`CREATE USER '${username}' IDENTIFIED BY '${password}'`);
      await world.client.send(
        new UpdateSecretVersionStageCommand({
          SecretId: world.secretArn,
          VersionStage: 'AWSPENDING',
          RemoveFromVersionId: withdrawn,
        }),
      );

      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      expect(await world.currentSecretWorks()).toBe(true);
    });

    it('is known as the account that a crash left locked, even after the version was withdrawn', async () => {
      const world = await make();
      const [, username] = world.users;
      const password = 'aA1!of-the-rotation-that-crashed';
      await world.putSecret({ ...(await world.secret()), username, password }, 'AWSPENDING');
      const unusable = unusablePassword(username, password);
      await world.admin.run(`CREATE USER '${username}' IDENTIFIED BY '${unusable}' ACCOUNT LOCK`);
      await world.putSecret({ ...(await world.secret()), username, password: `${password}!` }, 'AWSPENDING');

      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      expect(await world.currentSecretWorks()).toBe(true);
    });
  });

  describe('a repair', () => {
    it('does not copy a user of another application, whom the secret names with a wrong password', async () => {
      const world = await make();
      const victim = `victim_${world.id}`;
      await makeStranger(world, victim);
      worlds.afterwards(() => world.admin.run(`DROP USER IF EXISTS '${victim}'`));
      const attacker = await addNeighbour(world, 'attacker', { username: victim, password: 'a guess' });
      world.setEnvironment({ ALLOW_REPAIR: attacker.arn });

      const execution = await attacker.rotate();

      expect(execution).toMatchObject({ status: 'FAILED', error: 'CurrentCredentialRejectedError' });
      expect(execution.cause).toMatch(/ALLOW_REPAIR does not help/);
      expect(await world.admin.accountsOf(`${victim}_clone`)).toEqual([]);
      expect(await reads(stranger(victim), world)).toBe(true);
    });

    it('does not copy the user of another secret', async () => {
      const world = await make();
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      const before = await world.snapshot();
      const attacker = await addNeighbour(world, 'attacker', { password: 'a guess' });
      world.setEnvironment({ ALLOW_REPAIR: attacker.arn });

      expect(await attacker.rotate()).toMatchObject({
        status: 'FAILED',
        error: isMarked ? 'SharedUserError' : 'CurrentCredentialRejectedError',
      });

      expect(await world.snapshot()).toEqual(before);
      expect(await world.currentSecretWorks()).toBe(true);
    });

    it('helps a secret that is listed, whose earlier version proves the user, and no other secret', async () => {
      const world = await make();
      const right = await world.secret();
      await world.putSecret({ ...right, password: 'mistyped' }, 'AWSCURRENT');
      await world.putSecret({ ...right, password: 'mistyped again' }, 'AWSCURRENT');
      world.setEnvironment({ ALLOW_REPAIR: `${world.secretArn.slice(0, -6)}Other1` });
      expect(await world.rotate()).toMatchObject({
        status: 'FAILED',
        error: 'CurrentCredentialRejectedError',
      });

      world.setEnvironment({ ALLOW_REPAIR: world.secretArn });

      expect(await world.rotate()).toMatchObject({
        status: 'SUCCEEDED',
        output: { setSecret: { repaired: true } },
      });
      expect(await world.currentSecretWorks()).toBe(true);
    });

    it('helps a user that no version proves when the deployer names it too', async () => {
      const world = await make();
      const [shop] = world.users;
      await world.admin.run(`ALTER USER '${shop}' IDENTIFIED BY 'changed by hand'`);
      world.setEnvironment({ ALLOW_REPAIR: world.secretArn });
      expect(await world.rotate()).toMatchObject({
        status: 'FAILED',
        error: 'CurrentCredentialRejectedError',
      });

      world.setEnvironment({ ALLOW_TAKEOVER: `${world.secretArn}=${shop}` });

      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      expect(await world.currentSecretWorks()).toBe(true);
    });
  });
}
