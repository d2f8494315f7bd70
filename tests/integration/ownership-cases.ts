import { connectAs } from '../support/database';
import { eachWorld } from '../support/each-world';
import { makeStranger, stranger } from '../support/stranger';
import { addNeighbour, neighbourAt, reads } from '../support/neighbour';

/** The rule of docs/adr/0010-whose-standby.md, as far as it is the same on both servers. */
export function describeOwnership({ isMarked }: { isMarked: boolean }): void {
  const worlds = eachWorld();
  const make = () => worlds.make({ naming: 'suffix' });

  describe('two secrets that hold the same user', () => {
    it('are not both rotated: the second one is refused and the first one goes on', async () => {
      const world = await make();
      const reader = await addNeighbour(world, 'reader');
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });

      const execution = await reader.rotate();

      expect(execution).toMatchObject({ status: 'FAILED', error: 'StandbyOwnedElsewhereError' });
      expect(execution.cause).toMatch(
        new RegExp(`${world.users[1]}@% is .*Nothing was changed.*ALLOW_TAKEOVER`),
      );
      expect(await world.currentSecretWorks()).toBe(true);
      expect(await reads(await reader.secret(), world)).toBe(true);
    });

    it('are not both rotated in the other order either', async () => {
      const world = await make();
      const reader = await addNeighbour(world, 'reader');
      expect(await reader.rotate()).toMatchObject({ status: 'SUCCEEDED' });

      expect(await world.rotate()).toMatchObject({ status: 'FAILED', error: 'StandbyOwnedElsewhereError' });

      expect(await world.currentSecretWorks()).toBe(true);
      expect(await reads(await reader.secret(), world)).toBe(true);
    });

    it('keep their logins when the first one is rotated twice', async () => {
      const world = await make();
      const reader = await addNeighbour(world, 'reader');
      world.setEnvironment({ APP_SECRET_ARNS: [world.secretArn, reader.arn].join() });
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });

      const execution = await world.rotate();

      expect(execution).toMatchObject({ status: 'FAILED', error: 'SharedUserError' });
      for (const arn of [world.secretArn, reader.arn]) expect(execution.cause).toContain(arn);
      expect(await world.currentSecretWorks()).toBe(true);
      expect(await reads(await reader.secret(), world)).toBe(true);
    });

    it('keep their logins when the second one names the user that the first one has rotated to', async () => {
      const world = await make();
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      const copy = await addNeighbour(world, 'copy');

      expect(await copy.rotate()).toMatchObject({
        status: 'FAILED',
        error: isMarked ? 'SharedUserError' : 'StandbyOwnedElsewhereError',
      });

      expect(await world.currentSecretWorks()).toBe(true);
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    });
  });

  describe('a standby user of another application', () => {
    it('keeps its password, its rights and its sessions', async () => {
      const world = await make();
      const [, clone] = world.users;
      await makeStranger(world, clone);
      const session = await connectAs(stranger(clone), world.database);
      worlds.afterwards(() => session.end());
      const before = await world.snapshot();

      expect(await world.rotate()).toMatchObject({ status: 'FAILED', error: 'StandbyOwnedElsewhereError' });
      expect(await neighbourAt(world, world.secretArn).preflight()).toMatchObject({
        name: 'StandbyOwnedElsewhereError',
      });

      expect(await world.snapshot()).toEqual(before);
      await session.query('SELECT COUNT(*) FROM ledger');
      expect(await reads(stranger(clone), world)).toBe(true);
    });

    it('is taken over when the deployer names it for this secret, and for no other one', async () => {
      const world = await make();
      const [, clone] = world.users;
      await makeStranger(world, clone);
      const other = await addNeighbour(world, 'other');
      world.setEnvironment({ ALLOW_TAKEOVER: `${other.arn}=${clone}, ${world.secretArn}=${clone}x` });
      expect(await world.rotate()).toMatchObject({ status: 'FAILED', error: 'StandbyOwnedElsewhereError' });
      expect(await reads(stranger(clone), world)).toBe(true);

      world.setEnvironment({ ALLOW_TAKEOVER: `${world.secretArn}=${clone}` });

      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      expect(await world.currentSecretWorks()).toBe(true);
      world.setEnvironment({ ALLOW_TAKEOVER: '' });
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    });

    it('is taken over when the deployer names both users of the pair', async () => {
      const world = await worlds.make({ naming: 'pair' });
      await makeStranger(world, world.users[1]);
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      expect(await world.currentSecretWorks()).toBe(true);
    });

    it('is refused when it is locked', async () => {
      const world = await make();
      await makeStranger(world, world.users[1]);
      await world.admin.run(`ALTER USER '${world.users[1]}' ACCOUNT LOCK`);
      const execution = await world.rotate();
      expect(execution).toMatchObject({ status: 'FAILED', error: 'StandbyOwnedElsewhereError' });
      expect(execution.cause).toMatch(/, and it is locked/);
    });

    it.each(['10.0.0.5', '%'])('is refused when it is the one of several accounts at %s', async (host) => {
      const world = await make();
      const [shop, clone] = world.users;
      const { firstPassword: password } = world;
      await world.admin.run(`CREATE USER '${shop}'@'10.0.0.5' IDENTIFIED BY '${password}'`);
      const [own = ''] = ['10.0.0.5', '%'].filter((other) => other !== host);
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      await world.admin.run(`DROP USER '${clone}'@'${host}'`);
      await makeStranger(world, clone, host);
      const before = await world.snapshot();

      const execution = await world.rotate();

      expect([own, execution]).toMatchObject([
        own,
        { status: 'FAILED', error: 'StandbyOwnedElsewhereError' },
      ]);
      expect(execution.cause).toContain(`${clone}@${host} is`);
      expect(await world.snapshot()).toEqual(before);
    });
  });
}
