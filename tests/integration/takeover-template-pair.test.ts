import { CancelRotateSecretCommand, UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import { logsIn } from '../support/database';
import { eachWorld } from '../support/each-world';
import { whileLoggingIn } from '../support/login-probe';
import { runPreflight } from '../support/preflight';
import { expectRefused } from '../support/refusal';
import { endSecretsManagerAfterAll, type World } from '../support/world';
import { isExactPair, likenessOf } from './takeover-likeness';
import { ownByTemplate, rotateWithTemplate } from './takeover-template';

endSecretsManagerAfterAll();
const worlds = eachWorld();

/** A first user with what the template does not copy: a default role and a limit. */
async function makeWorld(): Promise<World> {
  const world = await worlds.make({ naming: 'suffix' });
  const [user] = world.users;
  const role = `role_${world.id}`;
  await world.admin.run(
    `ALTER TABLE ${world.database}.item MODIFY id INT AUTO_INCREMENT`, // the probe inserts
    `CREATE ROLE ${role}`,
    `GRANT EXECUTE ON ${world.database}.* TO ${role}`,
    `GRANT ${role} TO '${user}'`,
    `GRANT ${role} TO '${world.master.username}' WITH ADMIN OPTION`,
    `SET DEFAULT ROLE ${role} TO '${user}'`,
    `ALTER USER '${user}' WITH MAX_USER_CONNECTIONS 50`,
  );
  worlds.afterwards(() => world.admin.run(`DROP ROLE ${role}`));
  return world;
}

describe('a pair that the template of AWS has rotated', () => {
  it('is not an exact one: default roles and limits are lost', async () => {
    const world = await makeWorld();
    await rotateWithTemplate(world);
    expect(await isExactPair(world)).toBe(false);
  });

  it('is taken over without a failed login, and exactly equal from then on', async () => {
    const world = await makeWorld();
    await rotateWithTemplate(world);
    await rotateWithTemplate(world);
    const original = await likenessOf(world, world.users[0]);
    expect((await world.secret()).username).toBe(world.users[0]);
    expect(await logsIn(await world.secret('AWSPREVIOUS'))).toBe(true);

    const report = await whileLoggingIn(world, async (probe) => {
      await probe.fullRound();
      for (const current of [world.users[1], world.users[0]]) {
        expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
        expect((await world.secret()).username).toBe(current);
        await probe.fullRound();
      }
    });

    expect(report.failures).toEqual([]);
    expect(report.logins).toBeGreaterThan(20);
    expect(await isExactPair(world)).toBe(true);
    expect(await likenessOf(world, world.users[1])).toBe(original);
  });

  it('keeps what its current user has, so a preflight tells first what the other would lose', async () => {
    const world = await makeWorld();
    await rotateWithTemplate(world);
    const clone = await likenessOf(world, world.users[1]);

    const { plan, standbyUser } = await runPreflight(world);
    expect(standbyUser).toBe(world.users[0]);
    expect(plan).toMatchObject({ granted: 0, revoked: 1, options: 1 });

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await likenessOf(world, world.users[0])).toBe(clone);
  });

  it('is refused while the template owns it, and taken over after cancel-rotate-secret', async () => {
    const world = await makeWorld();
    await rotateWithTemplate(world);
    ownByTemplate(world);

    await expectRefused(world, {
      error: 'RotationOwnershipError',
      at: 'CreateSecret',
      saying: /has rotation enabled in Secrets Manager.*cancel-rotate-secret/,
    });

    await world.client.send(new CancelRotateSecretCommand({ SecretId: world.secretArn }));
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await isExactPair(world)).toBe(true);
  });

  it('is finished where the template failed between user and grants, with the rights that it forgot', async () => {
    const world = await makeWorld();
    const versionId = await rotateWithTemplate(world, { afterCreatingUser: true });
    const clone = await world.secret('AWSPENDING');
    // Here the template's next attempt finds a login that works, and promotes a user without rights.
    expect(await logsIn(clone)).toBe(true);
    expect(await logsIn(clone, world.database)).toBe(false);

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED', output: { versionId } });

    expect(await world.currentSecretWorks()).toBe(true);
    expect(await isExactPair(world)).toBe(true);
  });

  it('is rotated anew when the label of an unfinished version was taken away first', async () => {
    const world = await makeWorld();
    const versionId = await rotateWithTemplate(world, { afterCreatingUser: true });
    await world.client.send(
      new UpdateSecretVersionStageCommand({
        SecretId: world.secretArn,
        VersionStage: 'AWSPENDING',
        RemoveFromVersionId: versionId,
      }),
    );

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });

    expect((await world.labels())['AWSCURRENT']).not.toBe(versionId);
    expect(await isExactPair(world)).toBe(true);
  });
});
