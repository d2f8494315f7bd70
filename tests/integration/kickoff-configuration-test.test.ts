import { randomUUID } from 'node:crypto';
import { KICKOFF_ARN } from '../../local/aws/cloud';
import { putMasterPassword, testCloud } from '../support/cloud';
import { kickoffOnClock } from '../support/kickoff-clock';
import { thrownBy } from '../support/leak-marker';
import { closedPort } from '../support/tcp-proxy';
import type { World } from '../support/world';

const test = testCloud();

/** Everything that a configuration test must leave alone. */
const stateOf = async (world: World): Promise<unknown> => [await world.labels(), await world.snapshot()];

/** Announces a configuration test as RotateSecret does, and leaves it to the test to call kickoff. */
async function announceTest(world: World): Promise<string> {
  const token = randomUUID();
  const value = JSON.stringify(await world.secret());
  world.secrets.seed.version(world.secretArn, { versionId: token, value, stages: ['AWSPENDING'] });
  world.secrets.seed.facts(world.secretArn, { rotation: { enabled: true, lambdaArn: KICKOFF_ARN } });
  return token;
}

describe('a rotation that is configured with RotateImmediately=false', () => {
  it('S5: is tested by a preflight, which writes nothing', async () => {
    const world = await test.makeWorld();
    const before = await stateOf(world);
    const writes: string[] = [];
    world.intercept(({ operation }) => {
      if (/^(Put|Update)/.test(operation)) writes.push(operation);
    });

    const token = await test.rotate(world, { immediately: false });

    expect(test.events.map(({ name }) => name)).toEqual(['TestRotationStarted', 'TestRotationSucceeded']);
    const [execution, ...others] = await test.executionsOf(token);
    expect(others).toEqual([]);
    expect(execution).toMatchObject({ status: 'SUCCEEDED' });
    expect(JSON.parse(execution?.input ?? '')).toMatchObject({ operation: 'preflight', versionId: token });
    expect(JSON.parse(execution?.output ?? '')).toMatchObject({
      currentUser: world.users[0],
      standbyUser: world.users[1],
    });
    expect(writes).toEqual([]);
    expect(await stateOf(world)).toEqual(before);
  });

  it('S5: can be rotated after its test', async () => {
    const world = await test.makeWorld();
    await test.rotate(world, { immediately: false });
    test.askLate();

    await test.rotate(world);

    expect(test.events.at(-1)).toMatchObject({ name: 'RotationSucceeded' });
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('S5: fails its test by name when the master does not log in', async () => {
    const world = await test.makeWorld();
    await putMasterPassword(world, 'wrong');
    const before = await stateOf(world);

    await test.rotate(world, { immediately: false });

    expect(test.events.map(({ name }) => name)).toEqual(['TestRotationStarted', 'TestRotationFailed']);
    expect(await stateOf(world)).toEqual(before);
    const token = await announceTest(world);
    const error = await thrownBy(() => test.kickoff(world, token, 'testSecret'));
    expect(error.name).toBe('ExecutionFailedError');
    expect(error.message).toMatch(/ended as FAILED in Preflight with MasterCredentialRejectedError/);
  });

  it('S5: fails its test by name when nobody listens at the port', async () => {
    const port = await closedPort();
    const world = await test.makeWorld({
      environment: { DB_ENDPOINTS: `127.0.0.1:${port}` },
      secret: { host: '127.0.0.1', port },
      master: { host: '127.0.0.1', port },
    });
    const before = await stateOf(world);

    await test.rotate(world, { immediately: false });

    expect(test.events.map(({ name }) => name)).toEqual(['TestRotationStarted', 'TestRotationFailed']);
    expect(await stateOf(world)).toEqual(before);
    const token = await announceTest(world);
    const error = await thrownBy(() => test.kickoff(world, token, 'testSecret'));
    expect(error.name).toBe('ExecutionFailedError');
    expect(error.message).toMatch(/ended as FAILED in Preflight with DatabaseUnavailableError/);
  });

  it('S5: has one preflight when it is tested twice at once', async () => {
    const world = await test.makeWorld();
    const token = await announceTest(world);

    const answers = await Promise.all([
      test.kickoff(world, token, 'testSecret'),
      test.kickoff(world, token, 'testSecret'),
    ]);

    expect(answers).toEqual([null, null]);
    expect(await test.executionsOf(token)).toMatchObject([{ status: 'SUCCEEDED' }]);
  });

  it('S5: answers that the preflight still runs, in time for Lambda', async () => {
    const world = await test.makeWorld();
    const gate = test.holdSetSecret(world);
    const token = await announceTest(world);

    const error = await thrownBy(() => test.kickoff(world, token, 'testSecret', 9_000));

    expect(error.name).toBe('ExecutionStillRunningError');
    expect(error.message).toMatch(/the preflight arn:\S+ is still running/);
    gate.open();
  });

  // Two pauses of a second come first, in which an execution of a rotation would become visible.
  it.each([
    { limitMs: 9_000, waitedMs: 2_000 },
    { limitMs: 20_000, waitedMs: 14_000 },
    { limitMs: 610_000, waitedMs: 62_000 },
  ])('S5: waits for its preflight $waitedMs ms when Lambda ends kickoff after $limitMs ms', async (times) => {
    const { limitMs, waitedMs } = times;
    const world = await test.makeWorld();
    test.holdSetSecret(world);
    const token = await announceTest(world);

    const call = { token, step: 'testSecret', limitMs } as const;
    const { error, elapsedMs } = await kickoffOnClock(world, test.workflow, call);

    expect(error?.name).toBe('ExecutionStillRunningError');
    expect(elapsedMs).toBe(waitedMs);
  });
});
