import { logsIn } from '../support/database';
import { eachWorld } from '../support/each-world';
import { move } from '../support/rivals';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

describe('a version that was promoted and then withdrawn by a person', () => {
  async function withdrawn(world: World) {
    const execution = await world.rotate();
    const { AWSCURRENT = '', AWSPREVIOUS = '' } = await world.labels();
    await move(world, 'AWSCURRENT', [AWSCURRENT, AWSPREVIOUS]);
    return execution;
  }

  it.each(['CreateSecret', 'SetSecret', 'TestSecret', 'FinishSecret'])(
    'is not promoted by %s of its own execution, re-driven or late',
    async (startAt) => {
      const world = await worlds.make();
      const { states } = await withdrawn(world);
      const before = [await world.snapshot(), await world.labels()];
      const inputOf = (name: string) => states.find((state) => state.name === name)?.input;
      const { versionId } = inputOf('SetSecret') as { versionId: string };
      const input =
        startAt === 'CreateSecret'
          ? { secretId: world.secretArn, owner: 'schedule', versionId }
          : inputOf(startAt);

      for (const redriveCount of [0, 1]) {
        const again = await world.rotate({ startAt, redriveCount, input });
        expect(again).toMatchObject({ status: 'FAILED', error: 'RotationSupersededError' });
      }

      expect([await world.snapshot(), await world.labels()]).toEqual(before);
      expect(await world.currentSecretWorks()).toBe(true);
    },
  );

  it('gives way to a new version when the next schedule comes', async () => {
    const world = await worlds.make();
    await withdrawn(world);
    const gone = await world.secret('AWSPREVIOUS');

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });

    expect((await world.secret()).password).not.toBe(gone.password);
    expect(await world.currentSecretWorks()).toBe(true);
    expect(await logsIn(gone)).toBe(false);
  });
});
