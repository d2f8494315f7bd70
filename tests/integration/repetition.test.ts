import { randomUUID } from 'node:crypto';
import { eachWorld } from '../support/each-world';
import { createSecret, finishSecret, setSecret, testSecret } from '../support/single-steps';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

async function versionIds(world: World): Promise<string[]> {
  return [...new Set(Object.values(await world.labels()))];
}

describe('a step that runs twice', () => {
  it('CreateSecret uses the version that it wrote', async () => {
    const world = await worlds.make();
    const executionArn = 'arn:execution:twice';
    const first = await createSecret(world, {}, executionArn);
    const { password } = await world.secret('AWSPENDING');

    const second = await createSecret(world, {}, executionArn);

    expect(second).toEqual({ ...first, changedAt: second.changedAt }); // by the first one
    expect((await world.secret('AWSPENDING')).password).toBe(password);
  });

  it('SetSecret leaves a finished standby alone, to the last byte', async () => {
    const world = await worlds.make();
    const state = await createSecret(world);
    const first = await setSecret(state);
    const before = await world.snapshot();

    expect(first).toMatchObject({ changed: true, granted: 4, revoked: 0 });
    expect(await setSecret(state)).toEqual({ ...first, changed: false, granted: 0, revoked: 0 });
    expect(await world.snapshot()).toEqual(before);
  });

  it('SetSecret sets a password again that was changed by hand, although its marker is there', async () => {
    const world = await worlds.make();
    const state = await createSecret(world);
    await setSecret(state);
    await world.admin.run(`ALTER USER '${world.users[1]}' IDENTIFIED BY 'by hand'`);

    const second = await setSecret(state);

    expect(second).toMatchObject({ changed: true, granted: 0, revoked: 0 });
    expect(await testSecret({ ...state, setSecret: second })).toMatchObject({ versionId: state.versionId });
  });

  it('TestSecret and FinishSecret say the same again, and that nothing was left to do', async () => {
    const world = await worlds.make();
    const state = await createSecret(world);
    const tested = { ...state, setSecret: await setSecret(state) };

    expect(await testSecret(tested)).toEqual(await testSecret(tested));
    expect(await finishSecret(state)).toMatchObject({ promoted: true });
    const labels = await world.labels();
    expect(await finishSecret(state)).toMatchObject({ promoted: false });
    expect(await world.labels()).toEqual(labels);
  });
});

describe('two executions at once', () => {
  it('of one name rotate once', async () => {
    const world = await worlds.make();
    const { AWSCURRENT: original } = await world.labels();
    const executionName = randomUUID();

    const executions = await Promise.all([world.rotate({ executionName }), world.rotate({ executionName })]);

    expect(executions).toMatchObject([{ status: 'SUCCEEDED' }, { status: 'SUCCEEDED' }]);
    expect(await versionIds(world)).toHaveLength(2);
    expect(await world.labels()).toMatchObject({ AWSPREVIOUS: original });
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('for one scheduled time rotate once', async () => {
    const world = await worlds.make();
    const input = { secretId: world.secretArn, owner: 'schedule', scheduledTime: '2026-03-01T02:00:00Z' };

    const executions = await Promise.all([world.rotate({ input }), world.rotate({ input })]);
    const late = await world.rotate({ input });

    expect([...executions, late]).toMatchObject(Array(3).fill({ status: 'SUCCEEDED' }));
    expect(late.states.map(({ name }) => name)).toEqual([
      'ChooseOperation',
      'CreateSecret',
      'IsAlreadyRotated',
      'RotationSucceeded',
    ]);
    expect(await versionIds(world)).toHaveLength(2);
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('that both write a pending version promote one of them; the other is told that it is over', async () => {
    const world = await worlds.make();
    const { AWSCURRENT: original } = await world.labels();
    const both = Promise.withResolvers<undefined>();
    let writers = 0;
    world.intercept(({ operation }) => {
      if (operation !== 'PutSecretValue') return;
      writers += 1;
      if (writers === 2) both.resolve(undefined);
      return both.promise;
    });

    const executions = await Promise.all([world.rotate(), world.rotate()]);

    const [winner] = executions.filter(({ status }) => status === 'SUCCEEDED');
    const [loser] = executions.filter(({ status }) => status === 'FAILED');
    expect(loser).toMatchObject({ error: 'RotationSupersededError' });
    const { versionId } = winner?.output as { versionId: string };
    expect(await world.labels()).toMatchObject({ AWSCURRENT: versionId, AWSPREVIOUS: original });
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('of which one found the pending version of the other finish the same version', async () => {
    const world = await worlds.make();
    const first = await createSecret(world);
    const second = await createSecret(world);
    const { executionArn, changedAt } = second;
    expect(second).toEqual({ ...first, executionArn, changedAt });

    const results = await Promise.all([setSecret(first), setSecret(second)]);

    expect(results.map(({ changed }) => changed).sort()).toEqual([false, true]);
    const finished = await Promise.all([finishSecret(first), finishSecret(second)]);
    expect(finished).toMatchObject([{ versionId: first.versionId }, { versionId: first.versionId }]);
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('leave a secret that logs in, round after round', async () => {
    const world = await worlds.make();
    for (let round = 0; round < 5; round += 1) {
      const executions = await Promise.all([world.rotate(), world.rotate(), world.rotate()]);
      const failures = executions.flatMap(({ error }) => error ?? []);
      expect(failures.filter((error) => error !== 'RotationSupersededError')).toEqual([]);
      expect(failures.length).toBeLessThan(executions.length);
      expect(await world.currentSecretWorks()).toBe(true);
    }
  });
});

describe('a late duplicate of a rotation that is over', () => {
  it('finds nothing to do when it is the one that was promoted last', async () => {
    const world = await worlds.make();
    const executionName = randomUUID();
    const execution = await world.rotate({ executionName });
    const created = execution.states.find(({ name }) => name === 'CreateSecret')?.output as Parameters<
      typeof setSecret
    >[0];
    const before = [await world.snapshot(), await world.labels()];

    const again = await world.rotate({ executionName });
    expect(again.states.map(({ name }) => name)).toEqual([
      'ChooseOperation',
      'CreateSecret',
      'IsAlreadyRotated',
      'RotationSucceeded',
    ]);
    const set = await setSecret(created);
    expect(set).toMatchObject({ changed: false, granted: 0, revoked: 0 });
    expect(await testSecret({ ...created, setSecret: set })).toMatchObject({
      versionId: created.versionId,
    });
    expect(await finishSecret(created)).toMatchObject({ promoted: false });
    expect([await world.snapshot(), await world.labels()]).toEqual(before);
  });

  it.each([1, 2, 3])('changes nothing when %i others have finished since', async (others) => {
    const world = await worlds.make();
    const executionName = randomUUID();
    const { states } = await world.rotate({ executionName });
    for (let rotation = 0; rotation < others; rotation += 1) {
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    }
    const before = [await world.snapshot(), await world.labels()];

    for (const startAt of ['CreateSecret', 'SetSecret', 'TestSecret', 'FinishSecret']) {
      const input = states.find(({ name }) => name === startAt)?.input;
      expect(await world.rotate({ startAt, input, executionName })).toMatchObject({
        status: 'FAILED',
        error: 'RotationSupersededError',
      });
    }
    expect([await world.snapshot(), await world.labels()]).toEqual(before);
    expect(await world.currentSecretWorks()).toBe(true);
  });
});
