import { UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import { testCloud } from '../support/cloud';
import {
  courseOf,
  execute,
  expectFailed,
  failAt,
  leaveAlone,
  redrive,
  refuse,
  testLine,
  type Failed,
} from '../support/redrive';
import type { World } from '../support/world';

const test = testCloud();
const line = testLine();

const stateOf = async (world: World) => [await world.snapshot(), await world.labels()];

const OVERTAKEN = 'RotationSupersededError';

async function expectSuperseded(world: World, { executionArn }: Failed, at: string): Promise<void> {
  const before = await stateOf(world);
  for (const redriveCount of [1, 2]) {
    expect(await redrive(test, executionArn)).toMatchObject({
      status: 'FAILED',
      error: OVERTAKEN,
      redriveCount,
    });
    // SetSecret looks whether it must give a login back, and is where the second redrive begins.
    expect(await courseOf(test, executionArn)).toEqual(
      at === 'SetSecret' || redriveCount === 2 ? [OVERTAKEN] : [OVERTAKEN, 'SetSecret', OVERTAKEN],
    );
    expect(await stateOf(world)).toEqual(before);
    expect(await world.currentSecretWorks()).toBe(true);
  }
}

describe.each(['SetSecret', 'TestSecret', 'FinishSecret'] as const)('F1: a redrive at %s', (at) => {
  const fail = (world: World) => failAt(at, test, world, line);

  it.each([2, 3])(
    'refuses, and changes nothing, when %i other rotations have finished since',
    async (others) => {
      const world = await test.makeWorld(line.options);
      const failed = await fail(world);

      // The first one adopts the version that the failed one left pending.
      for (let rotation = 0; rotation < others; rotation += 1) {
        expect(await execute(test, world)).toMatchObject({ status: 'SUCCEEDED' });
      }

      expect((await world.labels())['AWSCURRENT']).not.toBe(failed.versionId);
      await expectSuperseded(world, failed, at);
    },
  );

  it('refuses, and changes nothing, when its version was discarded and another one promoted', async () => {
    const world = await test.makeWorld(line.options);
    const failed = await fail(world);
    await discard(world, failed);

    expect(await execute(test, world)).toMatchObject({ status: 'SUCCEEDED' });

    await expectSuperseded(world, failed, at);
  });

  it('refuses, and changes nothing, when its version was discarded and another one is pending', async () => {
    const world = await test.makeWorld(line.options);
    const failed = await fail(world);
    await discard(world, failed);
    const other = await fail(world);

    expect((await world.labels())['AWSPENDING']).toBe(other.versionId);
    await expectSuperseded(world, failed, at);
    expect(await redrive(test, other.executionArn)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('finds its own version promoted, and changes nothing, when another rotation finished it', async () => {
    const world = await test.makeWorld(line.options);
    const failed = await fail(world);
    expect(await execute(test, world)).toMatchObject({ status: 'SUCCEEDED' });
    const before = await stateOf(world);
    expect(await world.labels()).toMatchObject({ AWSCURRENT: failed.versionId });

    expect(await redrive(test, failed.executionArn)).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });

    expect(await stateOf(world)).toEqual(before);
    expect(await world.currentSecretWorks()).toBe(true);
  });
});

/** As docs and messages tell an operator to. */
async function discard({ client, secretArn }: World, { versionId }: Failed): Promise<void> {
  await client.send(
    new UpdateSecretVersionStageCommand({
      SecretId: secretArn,
      VersionStage: 'AWSPENDING',
      RemoveFromVersionId: versionId,
    }),
  );
}

it('F1: a redrive at CreateSecret, after other rotations, is one more rotation', async () => {
  const world = await test.makeWorld();
  refuse('DescribeSecret')(world);
  const { executionArn, versionId } = await expectFailed(test, world, await execute(test, world), {
    at: 'CreateSecret',
    error: 'SecretAccessDeniedError',
  });
  leaveAlone(world);
  expect(await execute(test, world)).toMatchObject({ status: 'SUCCEEDED' });
  const { AWSCURRENT } = await world.labels();

  expect(await redrive(test, executionArn)).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });

  expect(await world.labels()).toMatchObject({ AWSCURRENT: versionId, AWSPREVIOUS: AWSCURRENT });
  expect(await world.currentSecretWorks()).toBe(true);
});
