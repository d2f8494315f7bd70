import { testCloud } from '../support/cloud';
import { kickoffOnClock } from '../support/kickoff-clock';
import { thrownBy } from '../support/leak-marker';

const test = testCloud();

/** Lets nobody pass before `count` have come. */
function meetingOf(count: number): () => Promise<void> {
  let missing = count;
  let meet = (): void => undefined;
  const met = new Promise<void>((resolve) => (meet = resolve));
  return () => {
    missing -= 1;
    if (missing === 0) meet();
    return met;
  };
}

describe('createSecret', () => {
  it('S7: makes one pending value and one execution when it is called twice at once', async () => {
    const world = await test.makeWorld();
    const token = test.announce(world);
    const atWrite = meetingOf(2);
    const atStart = meetingOf(2);
    const passwords: string[] = [];
    world.intercept(({ operation, request }) => {
      if (operation !== 'PutSecretValue') return;
      passwords.push((request as { SecretString: string }).SecretString);
      return atWrite();
    });
    test.interceptWorkflow(({ operation }) => (operation === 'StartExecution' ? atStart() : undefined));

    const answers = await Promise.all([
      test.kickoff(world, token, 'createSecret'),
      test.kickoff(world, token, 'createSecret'),
    ]);
    await test.cloud.settled();

    expect(answers).toEqual([null, null]);
    expect(new Set(passwords).size).toBe(2);
    expect(await test.executionsOf(token)).toMatchObject([{ status: 'SUCCEEDED' }]);
    expect(await test.kickoff(world, token, 'finishSecret')).toBeNull();
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('S3: writes and starts nothing when it is called again while its execution runs', async () => {
    const world = await test.makeWorld();
    const token = test.announce(world);
    const gate = test.holdSetSecret(world);
    await test.kickoff(world, token, 'createSecret');
    await gate.reached;
    const pending = await world.secret('AWSPENDING');
    test.workflowCalls.splice(0);

    expect(await test.kickoff(world, token, 'createSecret')).toBeNull();

    expect(test.workflowCalls).toEqual(['DescribeExecution']);
    expect(await world.secret('AWSPENDING')).toEqual(pending);
    gate.open();
    await test.cloud.settled();
    expect(await world.secret()).toEqual(pending);
  });
});

describe('steps out of their order', () => {
  it('S3: certify nothing before createSecret, and do no harm', async () => {
    const world = await test.makeWorld({ environment: { KICKOFF_WAIT: '0' } });
    const token = test.announce(world);
    const before = await world.snapshot();

    expect(await test.kickoff(world, token, 'setSecret')).toBeNull();
    expect(await test.kickoff(world, token, 'testSecret')).toBeNull();
    const error = await thrownBy(() => test.kickoff(world, token, 'finishSecret'));

    expect(error.name).toBe('ExecutionMissingError');
    expect(error.message).toContain(`version ${token} of ${world.secretArn} has no execution`);
    expect(test.workflowCalls).not.toContain('StartExecution');
    expect(await world.snapshot()).toEqual(before);
    await test.kickoff(world, token, 'createSecret');
    await test.cloud.settled();
    expect(await test.kickoff(world, token, 'finishSecret')).toBeNull();
    expect(await world.labels()).toMatchObject({ AWSCURRENT: token });
  });
});

describe('finishSecret', () => {
  it.each([
    ['KICKOFF_WAIT is over', '0', undefined],
    ['Lambda would end it', '300', 9_000],
  ])('S3: finishSecret answers that the execution still runs when %s', async (_when, wait, remainingMs) => {
    const world = await test.makeWorld({ environment: { KICKOFF_WAIT: wait } });
    const token = test.announce(world);
    const gate = test.holdSetSecret(world);
    await test.kickoff(world, token, 'createSecret');
    await gate.reached;

    const error = await thrownBy(() => test.kickoff(world, token, 'finishSecret', remainingMs));

    expect(error.name).toBe('ExecutionStillRunningError');
    const [execution] = await test.executionsOf(token);
    expect(error.message).toContain(`${String(execution?.executionArn)} is still running`);
    expect(execution).toMatchObject({ status: 'RUNNING' });
    gate.open();
    await test.cloud.settled();
    expect(await test.kickoff(world, token, 'finishSecret')).toBeNull();
  });

  it.each([
    { wait: '0', limitMs: 610_000, waitedMs: 0 },
    { wait: '30', limitMs: 610_000, waitedMs: 28_000 },
    { wait: '600', limitMs: 610_000, waitedMs: 600_000 },
    { wait: '300', limitMs: 9_000, waitedMs: 4_000 },
    { wait: '300', limitMs: 60_000, waitedMs: 52_000 },
  ])(
    'S3: finishSecret waits $waitedMs ms when KICKOFF_WAIT is $wait s and Lambda ends it after $limitMs ms',
    async ({ wait, limitMs, waitedMs }) => {
      const world = await test.makeWorld({ environment: { KICKOFF_WAIT: wait } });
      const token = test.announce(world);
      const gate = test.holdSetSecret(world);
      await test.kickoff(world, token, 'createSecret');
      await gate.reached;

      const call = { token, step: 'finishSecret', limitMs } as const;
      const { error, elapsedMs } = await kickoffOnClock(world, test.workflow, call);

      expect(error?.name).toBe('ExecutionStillRunningError');
      expect(elapsedMs).toBe(waitedMs);
    },
  );

  it('S6: answers success as soon as the version is current, and the same when it is called twice at once', async () => {
    const world = await test.makeWorld();
    const token = test.announce(world);
    const gate = test.holdSetSecret(world);
    await test.kickoff(world, token, 'createSecret');
    await gate.reached;
    const finished = Promise.all([
      test.kickoff(world, token, 'finishSecret'),
      test.kickoff(world, token, 'finishSecret'),
    ]);

    gate.open();

    expect(await finished).toEqual([null, null]);
    expect(await world.labels()).toMatchObject({ AWSCURRENT: token });
  });
});
