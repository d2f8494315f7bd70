import { eachWorld } from '../support/each-world';
import { expectHealthy, move } from '../support/rivals';
import { createSecret, setSecret } from '../support/single-steps';
import { endSecretsManagerAfterAll } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

describe('AWSCURRENT that a person moved', () => {
  it.each([1, 2, 3])('back by %i rotations is no reason for a schedule to fail', async (back) => {
    const world = await worlds.make();
    const versions = [(await world.labels())['AWSCURRENT'] ?? ''];
    for (let rotation = 0; rotation < 4; rotation += 1) {
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      versions.push((await world.labels())['AWSCURRENT'] ?? '');
    }
    await move(world, 'AWSCURRENT', [versions.at(-1) ?? '', versions.at(-1 - back) ?? '']);

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });

    await expectHealthy(world);
  });

  it('to the user of the version that waits is no reason for a schedule to fail', async () => {
    const world = await worlds.make();
    await world.rotate();
    const { AWSCURRENT = '', AWSPREVIOUS = '' } = await world.labels();
    await setSecret(await createSecret(world));
    await move(world, 'AWSCURRENT', [AWSCURRENT, AWSPREVIOUS]);
    expect(await world.currentSecretWorks()).toBe(false);

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });

    await expectHealthy(world);
  });
});
