import { MACHINE_ARN } from '../../local/aws/cloud';
import { AwsError } from '../../local/aws/secrets-manager/errors';
import { testCloud } from '../support/cloud';
import { thrownBy } from '../support/leak-marker';

const test = testCloud();

describe('a Step Functions that does not do as it is asked', () => {
  it.each(['InternalServiceError', 'ThrottlingException', 'AccessDeniedException'] as const)(
    'is told by the name of what it answered: %s',
    async (answered) => {
      const world = await test.makeWorld();
      const token = test.announce(world);
      const before = await world.snapshot();
      test.interceptWorkflow(() => {
        throw new AwsError(answered, 'not now');
      });

      for (const step of ['createSecret', 'setSecret', 'testSecret', 'finishSecret']) {
        const error = await thrownBy(() => test.kickoff(world, token, step));
        expect(error.name).toBe('WorkflowUnavailableError');
        expect(error.message).toContain(`(${answered})`);
      }

      expect(await world.snapshot()).toEqual(before);
      test.askLate();
      expect(await test.kickoff(world, token, 'createSecret')).toBeNull();
      expect(await test.kickoff(world, token, 'finishSecret')).toBeNull();
    },
  );

  it('F2: has the execution attached to when the answer to StartExecution was lost', async () => {
    const world = await test.makeWorld();
    const token = test.announce(world);
    const gate = test.holdSetSecret(world);
    await test.kickoff(world, token, 'createSecret');
    await gate.reached;
    // As if nothing had been visible yet: the same name and the same bytes of input are the same execution.
    let isFirst = true;
    test.interceptWorkflow(({ operation }) => {
      if (operation !== 'DescribeExecution' || !isFirst) return;
      isFirst = false;
      throw new AwsError('ExecutionDoesNotExist', 'not visible yet');
    });

    expect(await test.kickoff(world, token, 'createSecret')).toBeNull();

    gate.open();
    await test.cloud.settled();
    expect(await test.executionsOf(token)).toMatchObject([{ status: 'SUCCEEDED', redriveCount: 0 }]);
  });

  it('is a wrong setting when it knows no such state machine, and the rotation goes on once that is mended', async () => {
    const world = await test.makeWorld();
    const before = await world.snapshot();
    const token = test.announce(world);
    world.setEnvironment({ STATE_MACHINE_ARN: `${MACHINE_ARN}-gone` });

    const error = await thrownBy(() => test.kickoff(world, token, 'createSecret'));

    expect(error.name).toBe('ConfigurationError');
    expect(error.message).toMatch(/^STATE_MACHINE_ARN names no state machine \(StartExecution answered/);
    expect(await world.snapshot()).toEqual(before);
    world.setEnvironment({ STATE_MACHINE_ARN: MACHINE_ARN });
    expect(await test.kickoff(world, token, 'createSecret')).toBeNull();
    await test.cloud.settled();
    expect(await world.labels()).toMatchObject({ AWSCURRENT: token });
  });
});
