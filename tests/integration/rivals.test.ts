import { UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import { AwsError } from '../../local/aws/secrets-manager/errors';
import type { Call } from '../../local/aws/secrets-manager/server';
import type { RotationState } from '../../lib/rotation/state';
import { logsIn } from '../support/database';
import { eachWorld } from '../support/each-world';
import { createSecret, finishSecret, setSecret, testSecret } from '../support/single-steps';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

interface Request {
  ClientRequestToken?: string;
  MoveToVersionId?: string;
}

/** A request that got lost on its way; the SDK sends it again. */
const lost = (): never => {
  throw new AwsError('InternalServiceError', 'lost by the test');
};

const promotionOf = (call: Call, versionId: string): boolean =>
  call.operation === 'UpdateSecretVersionStage' && (call.request as Request).MoveToVersionId === versionId;

/** Moves a label as a request that arrives late does, or a person. */
async function move(
  { client, secretArn }: World,
  stage: 'AWSCURRENT' | 'AWSPENDING',
  [from, to]: [string, string],
): Promise<void> {
  await client.send(
    new UpdateSecretVersionStageCommand({
      SecretId: secretArn,
      VersionStage: stage,
      RemoveFromVersionId: from,
      MoveToVersionId: to,
    }),
  );
}

async function expectHealthy(world: World): Promise<void> {
  expect(await world.currentSecretWorks()).toBe(true);
  expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  expect(await world.currentSecretWorks()).toBe(true);
}

/** Two rotations, of which the second one has set the standby last. */
async function twoRivals(world: World): Promise<{ first: RotationState; second: RotationState }> {
  const time = { scheduledTime: '2026-03-01T02:00:00Z' } as const;
  const held = Promise.withResolvers<undefined>();
  const reached = Promise.withResolvers<undefined>();
  world.intercept((call) => {
    if (call.operation !== 'PutSecretValue') return undefined;
    reached.resolve(undefined);
    return held.promise;
  });
  const late = createSecret(world, time);
  await reached.promise;
  world.intercept(() => undefined);
  const first = await createSecret(world);
  await setSecret(first);
  held.resolve(undefined);
  const second = await late;
  await setSecret(second);
  return { first, second };
}

describe('two executions of one secret with different version ids', () => {
  it('and three lost requests, each sent again by the SDK, leave a secret that logs in', async () => {
    const world = await worlds.make();
    const promoting = Promise.withResolvers<undefined>();
    const set = Promise.withResolvers<undefined>();
    const attempts = { put: 0, promote: 0 };
    let lateToken: string | undefined;
    let firstToken: string | undefined;
    world.intercept(async (call) => {
      const { ClientRequestToken: token } = call.request as Request;
      if (call.operation === 'PutSecretValue') {
        lateToken ??= token;
        if (token !== lateToken) firstToken = token;
        else {
          attempts.put += 1;
          if (attempts.put <= 2) lost();
          await promoting.promise;
        }
      } else if (promotionOf(call, firstToken ?? '')) {
        attempts.promote += 1;
        promoting.resolve(undefined);
        if (attempts.promote === 1) lost();
        await set.promise;
      }
    });
    const late = world.rotate({
      onEvent: (event) => {
        if (JSON.stringify(event).includes('"WaitForPasswordPropagation"')) set.resolve(undefined);
      },
    });
    while (attempts.put === 0) await new Promise(setImmediate);
    const [first, second] = await Promise.all([world.rotate(), late]);

    expect(attempts).toMatchObject({ put: 3, promote: 2 });
    expect(first).toMatchObject({ status: 'SUCCEEDED' });
    expect(second).toMatchObject({ status: 'FAILED', error: 'RotationSupersededError' });
    expect(second.cause).toMatch(/restored the login of AWSCURRENT, which this rotation had replaced/);
    expect(await world.labels()).toMatchObject({ AWSCURRENT: firstToken, AWSPENDING: lateToken });
    world.intercept(() => undefined);
    await expectHealthy(world);
  });

  it.each(['TestSecret', 'FinishSecret'] as const)(
    'of which the first was promoted late: the second restores the login when %s finds that',
    async (at) => {
      const world = await worlds.make();
      const { first, second } = await twoRivals(world);
      await move(world, 'AWSCURRENT', [first.currentVersionId, first.versionId]);
      expect(await world.currentSecretWorks()).toBe(false);
      const proof = { schemaVersion: 1, versionId: second.versionId, redriveCount: 0 };
      const set = {
        changed: true,
        initialSetup: false,
        repaired: false,
        granted: 0,
        revoked: 0,
        skipped: [],
      };

      const ended = await world.rotate({
        startAt: at,
        input: { ...second, setSecret: { ...proof, ...set }, testSecret: { ...proof, account: 'x' } },
      });

      expect(ended).toMatchObject({ status: 'FAILED', error: 'RotationSupersededError' });
      expect(ended.states.map(({ name }) => name)).toEqual([at, 'SetSecret']);
      await expectHealthy(world);
    },
  );

  it('of which the first was promoted while the second set its user: the second restores it at once', async () => {
    const world = await worlds.make();
    const { first, second } = await twoRivals(world);
    // The first one sets the standby again, so that the second one finds a rival's marker there.
    await move(world, 'AWSPENDING', [second.versionId, first.versionId]);
    await setSecret(first);
    await move(world, 'AWSPENDING', [first.versionId, second.versionId]);
    let describes = 0;
    world.intercept(async ({ operation }) => {
      if (operation !== 'DescribeSecret') return;
      describes += 1;
      if (describes === 2) await move(world, 'AWSCURRENT', [first.currentVersionId, first.versionId]);
    });

    await expect(setSecret(second)).rejects.toThrow(/restored the login of AWSCURRENT/);

    world.intercept(() => undefined);
    await expectHealthy(world);
  });

  it('and a SetSecret whose answer was lost restores the login when it is called again', async () => {
    const world = await worlds.make();
    const { first, second } = await twoRivals(world);
    await move(world, 'AWSCURRENT', [first.currentVersionId, first.versionId]);

    await expect(setSecret(second)).rejects.toThrow(/restored the login of AWSCURRENT/);
    await expect(setSecret(second)).rejects.toThrow(/this step changed nothing$/);

    await expectHealthy(world);
  });

  it('leave a password alone that a person has set since', async () => {
    const world = await worlds.make();
    const { first, second } = await twoRivals(world);
    await move(world, 'AWSCURRENT', [first.currentVersionId, first.versionId]);
    await world.admin.run(`ALTER USER '${world.users[1]}' IDENTIFIED BY 'by hand'`);
    const before = await world.snapshot();

    await expect(setSecret(second)).rejects.toThrow(/this step changed nothing$/);

    expect(await world.snapshot()).toEqual(before);
    expect(await logsIn({ username: world.users[1], password: 'by hand' })).toBe(true);
  });

  it('are no reason to unlock a user that a person has locked since', async () => {
    const world = await worlds.make();
    const { first, second } = await twoRivals(world);
    await move(world, 'AWSCURRENT', [first.currentVersionId, first.versionId]);
    await world.admin.run(`ALTER USER '${world.users[1]}' ACCOUNT LOCK`);
    const before = await world.snapshot();

    await expect(setSecret(second)).rejects.toThrow(/this step changed nothing$/);
    expect(await world.snapshot()).toEqual(before);
  });

  it('of which the last one crashed for good are followed by a schedule that repairs, without a setting', async () => {
    const world = await worlds.make();
    const { first } = await twoRivals(world);
    await move(world, 'AWSCURRENT', [first.currentVersionId, first.versionId]);
    expect(await world.currentSecretWorks()).toBe(false);

    const healed = await world.rotate();

    expect(healed).toMatchObject({ status: 'SUCCEEDED', output: { setSecret: { repaired: true } } });
    expect((await world.secret()).username).toBe(world.users[0]);
    await expectHealthy(world);
  });

  it('do not make a password that a person has set a reason to repair', async () => {
    const world = await worlds.make();
    const { first } = await twoRivals(world);
    await move(world, 'AWSCURRENT', [first.currentVersionId, first.versionId]);
    await world.admin.run(`ALTER USER '${world.users[1]}' IDENTIFIED BY 'by hand'`);

    expect(await world.rotate()).toMatchObject({
      status: 'FAILED',
      error: 'CurrentCredentialRejectedError',
    });
  });

  it('of which the second is promoted leave its password alone', async () => {
    const world = await worlds.make();
    const { first, second } = await twoRivals(world);
    await testSecret({ ...second, setSecret: await setSecret(second) });
    expect(await finishSecret(second)).toMatchObject({ promoted: true });
    const before = await world.snapshot();

    await expect(setSecret(first)).rejects.toThrow(/this step changed nothing$/);
    expect(await world.snapshot()).toEqual(before);
    await expectHealthy(world);
  });
});

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
