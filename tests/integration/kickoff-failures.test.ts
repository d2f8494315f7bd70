import { RedriveExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { putMasterPassword, testCloud } from '../support/cloud';
import { kickoffOnClock } from '../support/kickoff-clock';
import { thrownBy } from '../support/leak-marker';

const test = testCloud();

describe('an execution that fails', () => {
  it('S3: is told at every later step, and re-driven when Secrets Manager tries again', async () => {
    const world = await test.makeWorld();
    await putMasterPassword(world, 'wrong');
    const before = await world.snapshot();
    test.askLate();

    const token = await test.rotate(world);

    expect(test.events.map(({ name }) => name)).toEqual(['RotationStarted', 'RotationFailed']);
    expect(test.events.at(-1)?.error).toMatch(/during setSecret step$/);
    const [failed] = await test.executionsOf(token);
    for (const step of ['setSecret', 'testSecret', 'finishSecret']) {
      const error = await thrownBy(() => test.kickoff(world, token, step));
      expect(error.name).toBe('ExecutionFailedError');
      expect(error.message).toContain(
        `${String(failed?.executionArn)} ended as FAILED in SetSecret with MasterCredentialRejectedError`,
      );
    }
    expect(await world.snapshot()).toEqual(before);
    expect(await world.currentSecretWorks()).toBe(true);

    await putMasterPassword(world, world.master.password);
    await test.rotate(world, { token });

    expect(test.events.at(-1)).toMatchObject({ name: 'RotationSucceeded', versionId: token });
    const [redriven, ...others] = await test.executionsOf(token);
    expect(others).toEqual([]);
    expect(redriven).toMatchObject({
      executionArn: failed?.executionArn,
      status: 'SUCCEEDED',
      redriveCount: 1,
    });
    expect(await world.secret()).toMatchObject({ username: world.users[1] });
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('F9: is noticed by finishSecret while it waits, and not only when the wait is over', async () => {
    const world = await test.makeWorld();
    await putMasterPassword(world, 'wrong');
    const gate = test.holdSetSecret(world);
    const token = test.announce(world);
    await test.kickoff(world, token, 'createSecret');
    await gate.reached;
    test.workflowCalls.splice(0);

    const { error, elapsedMs } = await kickoffOnClock(world, test.workflow, {
      token,
      step: 'finishSecret',
      limitMs: 610_000,
      onPause: async () => {
        gate.open();
        await test.cloud.settled();
      },
    });

    expect(error).toMatchObject({
      name: 'ExecutionFailedError',
      message: expect.stringContaining('in SetSecret with MasterCredentialRejectedError') as string,
    });
    // The next look at the execution comes with the fourth look at the secret, and two more are a second apart.
    expect(elapsedMs).toBe(4 * 4_000 + 2 * 1_000);
    // It runs at the start; later its failure is read three times. Each of these also looks for a successor.
    expect(test.workflowCalls.filter((operation) => operation === 'DescribeExecution')).toHaveLength(4 * 2);
  });
});

describe('an execution that an operator re-drove first', () => {
  it('F2: is attached to', async () => {
    const world = await test.makeWorld();
    const token = test.announce(world);
    await putMasterPassword(world, 'wrong');
    await test.kickoff(world, token, 'createSecret');
    await test.cloud.settled();
    const [failed] = await test.executionsOf(token);
    await putMasterPassword(world, world.master.password);
    const gate = test.holdSetSecret(world);
    await test.workflow.send(new RedriveExecutionCommand({ executionArn: failed?.executionArn }));
    await gate.reached;
    test.workflowCalls.splice(0);

    expect(await test.kickoff(world, token, 'createSecret')).toBeNull();

    expect(test.workflowCalls).toEqual(['DescribeExecution']);
    gate.open();
    await test.cloud.settled();
    expect(await test.kickoff(world, token, 'finishSecret')).toBeNull();
    expect(await test.executionsOf(token)).toMatchObject([{ status: 'SUCCEEDED', redriveCount: 1 }]);
  });

  it('F2: is attached to also when the operator was faster by a moment', async () => {
    const world = await test.makeWorld();
    const token = test.announce(world);
    await putMasterPassword(world, 'wrong');
    await test.kickoff(world, token, 'createSecret');
    await test.cloud.settled();
    const [failed] = await test.executionsOf(token);
    await putMasterPassword(world, world.master.password);
    const gate = test.holdSetSecret(world);
    let isFirst = true;
    test.interceptWorkflow(async ({ operation }) => {
      if (operation !== 'RedriveExecution' || !isFirst) return;
      isFirst = false;
      await test.workflow.send(new RedriveExecutionCommand({ executionArn: failed?.executionArn }));
    });

    expect(await test.kickoff(world, token, 'createSecret')).toBeNull();

    gate.open();
    await test.cloud.settled();
    expect(await test.executionsOf(token)).toMatchObject([{ status: 'SUCCEEDED', redriveCount: 1 }]);
    expect(await world.labels()).toMatchObject({ AWSCURRENT: token });
  });
});

describe('an execution that a person stopped', () => {
  it('F2: is not started again behind their back', async () => {
    const world = await test.makeWorld();
    const token = test.announce(world);
    const gate = test.holdSetSecret(world);
    await test.kickoff(world, token, 'createSecret');
    await gate.reached;
    const [held] = await test.executionsOf(token);
    const executionArn = held?.executionArn;
    await test.workflow.send(new StopExecutionCommand({ executionArn }));
    gate.open();
    await test.cloud.settled();
    test.workflowCalls.splice(0);

    const error = await thrownBy(() => test.kickoff(world, token, 'createSecret'));

    expect(error.name).toBe('ExecutionAbortedError');
    expect(error.message).toContain(`a person stopped the execution ${String(executionArn)}: re-drive it`);
    expect(test.workflowCalls).toEqual(['DescribeExecution']);
    for (const step of ['setSecret', 'testSecret', 'finishSecret']) {
      const { name, message } = await thrownBy(() => test.kickoff(world, token, step));
      expect(name).toBe('ExecutionFailedError');
      expect(message).toContain(`${String(executionArn)} ended as ABORTED in SetSecret`);
    }
    expect(await world.currentSecretWorks()).toBe(true);

    await test.workflow.send(new RedriveExecutionCommand({ executionArn }));
    await test.cloud.settled();
    expect(await test.kickoff(world, token, 'finishSecret')).toBeNull();
    expect(await test.executionsOf(token)).toHaveLength(1);
  });
});
