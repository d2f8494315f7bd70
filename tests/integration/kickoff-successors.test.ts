import { UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import { putMasterPassword, testCloud } from '../support/cloud';
import { thrownBy } from '../support/leak-marker';
import type { World } from '../support/world';

const DAY_MS = 24 * 60 * 60 * 1000;

let ahead = 0;
const test = testCloud({ now: () => new Date(Date.now() + ahead) });
afterEach(() => {
  ahead = 0;
});

/** Lets createSecret see to an execution, and the execution end. */
async function attempt(world: World, token: string): Promise<void> {
  await test.kickoff(world, token, 'createSecret');
  await test.cloud.settled();
}

const suffixesOf = async (token: string): Promise<(string | undefined)[]> =>
  (await test.executionsOf(token)).map(({ name }) => name?.split(token)[1]);

describe('an execution that cannot be re-driven', () => {
  it('F2: has a successor when it failed more than 14 days ago, and that one finishes', async () => {
    const world = await test.makeWorld();
    await putMasterPassword(world, 'wrong');
    const token = test.announce(world);
    await attempt(world, token);
    await putMasterPassword(world, world.master.password);
    ahead += 15 * DAY_MS;

    await attempt(world, token);

    expect(await suffixesOf(token)).toEqual(['', '-2']);
    expect(await test.executionsOf(token)).toMatchObject([{ status: 'FAILED' }, { status: 'SUCCEEDED' }]);
    expect(await test.kickoff(world, token, 'finishSecret')).toBeNull();
    expect(await world.labels()).toMatchObject({ AWSCURRENT: token });
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('F2: has two successors at most, and the youngest is re-driven while it can be', async () => {
    const world = await test.makeWorld();
    await putMasterPassword(world, 'wrong');
    const before = await world.snapshot();
    const token = test.announce(world);
    for (let execution = 0; execution < 3; execution += 1) {
      await attempt(world, token);
      await attempt(world, token);
      ahead += 15 * DAY_MS;
    }
    expect(await suffixesOf(token)).toEqual(['', '-2', '-3']);
    for (const execution of await test.executionsOf(token)) {
      expect(execution).toMatchObject({ status: 'FAILED', redriveCount: 1 });
    }

    const error = await thrownBy(() => test.kickoff(world, token, 'createSecret'));

    expect(error.name).toBe('ExecutionsUsedUpError');
    expect(error.message).toMatch(/cancel the rotation with cancel-rotate-secret, mend the cause/);
    expect(await suffixesOf(token)).toHaveLength(3);
    const latest = (await test.executionsOf(token)).at(-1);
    const told = await thrownBy(() => test.kickoff(world, token, 'setSecret'));
    expect(told.message).toContain(`${String(latest?.executionArn)} ended as FAILED`);
    expect(await world.snapshot()).toEqual(before);
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('F2: has no successor when it succeeded and a person moved the labels back: its version was withdrawn', async () => {
    const world = await test.makeWorld();
    const old = String((await world.labels())['AWSCURRENT']);
    const token = test.announce(world);
    await attempt(world, token);
    expect(await world.labels()).toMatchObject({ AWSCURRENT: token });
    await world.client.send(
      new UpdateSecretVersionStageCommand({
        SecretId: world.secretArn,
        VersionStage: 'AWSCURRENT',
        RemoveFromVersionId: token,
        MoveToVersionId: old,
      }),
    );
    expect(await world.labels()).toMatchObject({ AWSCURRENT: old, AWSPENDING: token });

    await expect(attempt(world, token)).rejects.toMatchObject({ name: 'RotationSupersededError' });

    expect(await suffixesOf(token)).toEqual(['']);
    expect(await world.labels()).toMatchObject({ AWSCURRENT: old });
    expect(await world.currentSecretWorks()).toBe(true);
  });
});
