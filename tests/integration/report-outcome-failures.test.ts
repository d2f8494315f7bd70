import { AwsError } from '../../local/aws/protocol/aws-error';
import { execute, refuse } from '../support/redrive';
import { testReporting } from '../support/reporting';

const test = testReporting();

describe('a report', () => {
  it('that SNS does not take is a failure with a name, and has been counted all the same', async () => {
    const world = await test.makeWorld();
    refuse('PutSecretValue')(world);
    const { executionArn } = await execute(test, world);
    test.refuseNotices(new AwsError('AuthorizationError', 'refused by the test'));

    const { answer, metrics } = await test.reportOutcome(test.endOf(executionArn));

    expect(answer).toMatchObject({
      name: 'NoticeNotSentError',
      message: expect.stringContaining('AuthorizationError') as unknown,
    });
    expect(metrics).toMatchObject([{ RotationFailed: 1 }]);
  });

  it('that cannot read the execution is a failure with a name', async () => {
    const world = await test.makeWorld();
    const { executionArn } = await execute(test, world);
    test.interceptWorkflow(() => {
      throw new AwsError('AccessDeniedException', 'refused by the test');
    });

    const { answer, metrics } = await test.reportOutcome(test.endOf(executionArn));

    expect(answer).toMatchObject({ name: 'WorkflowUnavailableError' });
    expect(metrics).toEqual([]);
  });

  it.each([
    [{ status: 'RUNNING' }, /^detail\.status: expected SUCCEEDED/],
    [{ executionArn: 'arn:aws:sns:us-east-1:123456789012:topic' }, /^detail\.executionArn: expected/],
    [{ stopDate: null }, /^detail\.stopDate: expected/],
  ])('of an event with %j is refused by field', async (change, message) => {
    const world = await test.makeWorld();
    const { executionArn } = await execute(test, world, { operation: 'preflight' });

    const { answer } = await test.reportOutcome({ ...test.endOf(executionArn), ...change });

    expect(answer).toMatchObject({
      name: 'InvalidInputError',
      message: expect.stringMatching(message) as unknown,
    });
  });

  it.each([
    [{ NOTICE_TOPIC_ARN: '' }, /^NOTICE_TOPIC_ARN environment variable is not set/],
    [{ RUNBOOK_URL: 'somewhere' }, /^RUNBOOK_URL expected a URL/],
  ])('with the settings %j is refused by name', async (environment, message) => {
    const world = await test.makeWorld({ environment });
    const { executionArn } = await execute(test, world, { operation: 'preflight' });

    const { answer } = await test.reportOutcome(test.endOf(executionArn));

    expect(answer).toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringMatching(message) as unknown,
    });
  });
});
