import { putMasterPassword } from '../support/cloud';
import { beforeTestSecret, execute, leaveAlone, redrive, refuse } from '../support/redrive';
import { RUNBOOK_URL, testReporting, TOPIC_ARN } from '../support/reporting';
import type { World } from '../support/world';

const test = testReporting();

const MACHINE = 'stepwise-rotation';

/** Both sets of dimensions, which the dashboards and alarms of a stack refer to. */
const dimensionsOf = (world: World) => ({ machine: MACHINE, secret: `app-${world.id}` });
const DEFINITION = {
  Namespace: 'StepwiseRotation',
  Dimensions: [['machine'], ['machine', 'secret']],
  Metrics: expect.arrayContaining([
    { Name: 'RotationSucceeded', Unit: 'Count' },
    { Name: 'RotationFailed', Unit: 'Count' },
    { Name: 'RotationDuration', Unit: 'Seconds' },
    { Name: 'MasterCollisions', Unit: 'Count' },
  ]) as unknown,
};

describe('a rotation that succeeds', () => {
  it('is counted and timed, for the machine and for the secret, and nobody is told', async () => {
    const world = await test.makeWorld();
    const { executionArn, startDate, stopDate } = await execute(test, world);

    const reported = await test.reportOutcome(test.endOf(executionArn));

    expect(reported.answer).toEqual({ executionArn, measured: true, notice: 'not needed' });
    expect(reported.output.trim().split('\n')).toHaveLength(1); // no warning beside it
    expect(reported.metrics).toHaveLength(1);
    expect(reported.metrics[0]).toMatchObject({
      ...dimensionsOf(world),
      RotationSucceeded: 1,
      RotationFailed: 0,
      // The answer of DescribeExecution has seconds with fractions, which may round to another millisecond.
      RotationDuration: expect.closeTo(
        ((stopDate?.getTime() ?? 0) - (startDate?.getTime() ?? 0)) / 1_000,
        2,
      ) as number,
      MasterCollisions: 0,
    });
    expect(reported.metrics[0]?._aws.CloudWatchMetrics).toEqual([DEFINITION]);
    expect(reported.messages).toEqual([]);
  });

  it('is counted for the machine and the secret also when its input names the secret by its name', async () => {
    const world = await test.makeWorld();
    const { executionArn } = await execute(test, world, { secretId: `app-${world.id}` });

    const { metrics } = await test.reportOutcome(test.endOf(executionArn));

    expect(metrics).toMatchObject([dimensionsOf(world)]);
  });
});

describe('a rotation that fails', () => {
  it('is told: the secret, the state, the error, what to do, and where it is re-driven', async () => {
    const world = await test.makeWorld();
    await putMasterPassword(world, 'of somebody else');
    const { executionArn = '', stopDate } = await execute(test, world);

    const { metrics, messages } = await test.reportOutcome(test.endOf(executionArn));

    expect(metrics).toMatchObject([
      { ...dimensionsOf(world), RotationSucceeded: 0, RotationFailed: 1, MasterCollisions: 11 },
    ]);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      topicArn: TOPIC_ARN,
      subject: `FAILED: rotation of app-${world.id}: MasterCredentialRejectedError`,
      attributes: {
        status: 'FAILED',
        error: 'MasterCredentialRejectedError',
        state: 'SetSecret',
        secret: world.secretArn,
        execution: executionArn,
      },
    });
    const until = new Date((stopDate?.getTime() ?? 0) + 14 * 24 * 60 * 60 * 1_000).toISOString();
    for (const expected of [
      `The rotation of ${world.secretArn} failed.`,
      'State: SetSecret, after 11 attempts',
      'Error: MasterCredentialRejectedError\nno version of the master secret',
      "What to do: If it stays: put the master's real password into its secret.",
      `Runbook: ${RUNBOOK_URL}#mastercredentialrejectederror`,
      'AWSCURRENT was not moved by this execution.',
      `until ${until.slice(0, 10)} ${until.slice(11, 16)} UTC:`,
      `https://console.aws.amazon.com/states/home?region=us-east-1#/v2/executions/details/${executionArn}`,
      `aws stepfunctions redrive-execution --region us-east-1 --execution-arn ${executionArn}`,
      `State machine: ${MACHINE}`,
    ]) {
      expect(messages[0]?.message).toContain(expected);
    }
  });

  it('and is re-driven with success is counted anew, from the redrive on', async () => {
    const world = await test.makeWorld();
    await putMasterPassword(world, 'of somebody else');
    const { executionArn = '' } = await execute(test, world);
    await putMasterPassword(world, world.master.password);
    const redriven = await redrive(test, executionArn);

    const { metrics, messages } = await test.reportOutcome(test.endOf(executionArn));

    expect(metrics).toMatchObject([{ RotationSucceeded: 1, RotationFailed: 0, MasterCollisions: 0 }]);
    expect(metrics[0]?.['RotationDuration']).toBeCloseTo(
      ((redriven.stopDate?.getTime() ?? 0) - (redriven.redriveDate?.getTime() ?? 0)) / 1_000,
      1,
    );
    expect(messages).toEqual([]);
  });

  it('and was re-driven before the report is counted, but not told', async () => {
    const world = await test.makeWorld();
    refuse('PutSecretValue')(world);
    const { executionArn = '' } = await execute(test, world);
    leaveAlone(world);
    await redrive(test, executionArn);

    const reported = await test.reportOutcome(test.endOf(executionArn, 0));

    expect(reported.answer).toMatchObject({ notice: 'left out: it has been re-driven' });
    expect(reported.metrics).toMatchObject([{ RotationSucceeded: 0, RotationFailed: 1 }]);
    expect(reported.messages).toEqual([]);
  });

  it('in a redrive is told with its number, and with the attempts of that redrive', async () => {
    const world = await test.makeWorld();
    refuse('PutSecretValue')(world);
    const { executionArn = '' } = await execute(test, world);
    await redrive(test, executionArn);

    const { messages } = await test.reportOutcome(test.endOf(executionArn));

    expect(messages).toHaveLength(1);
    expect(messages[0]?.message).toContain('State: CreateSecret, after 1 attempt\n');
    expect(messages[0]?.message).toContain(`Execution: ${executionArn} (redrive 1)`);
  });

  it('behind the way back to SetSecret is told in the state where it ended', async () => {
    const world = await test.makeWorld();
    beforeTestSecret(world, () => world.admin.run(`ALTER USER '${world.users[1]}' ACCOUNT LOCK`));
    const { executionArn, error } = await execute(test, world);

    const { messages } = await test.reportOutcome(test.endOf(executionArn));

    expect(messages[0]?.attributes).toMatchObject({ error, state: 'TestSecret' });
  });
});

describe('a report that is delivered twice', () => {
  it('does no more harm than a second notice with the same words', async () => {
    const world = await test.makeWorld();
    refuse('PutSecretValue')(world);
    const end = test.endOf((await execute(test, world)).executionArn);

    const first = await test.reportOutcome(end);
    const second = await test.reportOutcome(end);

    expect(second.messages.map(({ message }) => message)).toEqual(
      first.messages.map(({ message }) => message),
    );
    expect(first.messages[0]?.message).toContain('a second copy tells of the same failure');
  });
});
