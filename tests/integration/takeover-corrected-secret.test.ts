import { UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import { eachWorld } from '../support/each-world';
import { runPreflight } from '../support/preflight';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

/** A world whose secret was rotated: AWSPENDING has stayed on the version that is AWSCURRENT. */
async function makeRotated(): Promise<World> {
  const world = await worlds.make();
  expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  const { AWSCURRENT, AWSPENDING } = await world.labels();
  expect(AWSPENDING).toBe(AWSCURRENT);
  return world;
}

async function move(world: World, stage: string, from: string | undefined, to: string | undefined) {
  await world.client.send(
    new UpdateSecretVersionStageCommand({
      SecretId: world.secretArn,
      VersionStage: stage,
      RemoveFromVersionId: from,
      MoveToVersionId: to,
    }),
  );
}

describe('a secret that a person has changed', () => {
  it('after a rotation is rotated again, although AWSPENDING is on the version that was current', async () => {
    const world = await makeRotated();
    const { AWSPENDING: finished } = await world.labels();
    const corrected = await world.putSecret({ ...(await world.secret()), comment: 'by hand' }, 'AWSCURRENT');
    expect(await world.labels()).toMatchObject({ AWSPENDING: finished, AWSPREVIOUS: finished });
    expect(await runPreflight(world)).toMatchObject({ standbyUser: world.users[0] });

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });

    expect(await world.labels()).toMatchObject({ AWSPREVIOUS: corrected });
    expect(await world.secret()).toMatchObject({ username: world.users[0], comment: 'by hand' });
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('by moving AWSCURRENT back gets a new password, not the one that it was moved away from', async () => {
    const world = await makeRotated();
    const { AWSCURRENT: unwanted, AWSPREVIOUS: wanted } = await world.labels();
    const { password } = await world.secret();
    await move(world, 'AWSCURRENT', unwanted, wanted);
    expect(await world.currentSecretWorks()).toBe(true);

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });

    expect((await world.labels())['AWSCURRENT']).not.toBe(unwanted);
    expect((await world.secret()).password).not.toBe(password);
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('while a rotation had failed is finished with what was corrected, not with what waits', async () => {
    const world = await worlds.make({ secret: { port: 1 } });
    expect(await world.rotate()).toMatchObject({ status: 'FAILED', error: 'EndpointMismatchError' });
    const { port } = await world.secret('AWSCURRENT', world.masterArn);
    await world.putSecret({ ...(await world.secret()), port }, 'AWSCURRENT');

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });

    expect(await world.secret()).toMatchObject({ username: world.users[1], port });
    expect(await world.currentSecretWorks()).toBe(true);
  });
});
