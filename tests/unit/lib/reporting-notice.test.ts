import type { RunSummary } from '../../../lib/reporting/run-summary';
import type { FailedExecution } from '../../../lib/reporting/failed-execution';
import { failureNotice } from '../../../lib/reporting/failure-notice';

const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/app-AbCdEf';
const EXECUTION_ARN = 'arn:aws:states:eu-west-1:111122223333:execution:rotation:one';

const noticeOf = (
  differing: Omit<Partial<FailedExecution>, 'run' | 'request'> = {},
  run: Partial<RunSummary> = {},
  request: Partial<FailedExecution['request']> = {},
) =>
  failureNotice({
    executionArn: EXECUTION_ARN,
    status: 'FAILED',
    endedAt: new Date('2026-11-21T10:20:30Z'),
    redriveCount: 0,
    failure: { error: 'DatabaseBusyError', cause: JSON.stringify({ errorMessage: 'what happened' }) },
    notRedrivable: undefined,
    runbookUrl: 'https://example.com/runbook',
    ...differing,
    run: {
      startedAt: undefined,
      state: 'SetSecret',
      attempts: 7,
      lastFailure: undefined,
      masterCollisions: 0,
      moved: 'no',
      ...run,
    },
    request: { secretId: SECRET_ARN, operation: 'rotate', owner: 'schedule', ...request },
  });

describe('a notice', () => {
  it('reads so', () => {
    expect(noticeOf()).toEqual({
      subject: 'FAILED: rotation of shop/app: DatabaseBusyError',
      text: `The rotation of ${SECRET_ARN} failed.

State: SetSecret, after 7 attempts
Error: DatabaseBusyError
what happened

What to do: If it stays: look at the server; is the host a reader?
Runbook: https://example.com/runbook#databasebusyerror

AWSCURRENT was not moved by this execution. Applications go on with the credential that they have.

Once the cause is mended, it can be re-driven from that state until 2026-12-05 10:20 UTC:
https://console.aws.amazon.com/states/home?region=eu-west-1#/v2/executions/details/${EXECUTION_ARN}
aws stepfunctions redrive-execution --region eu-west-1 --execution-arn ${EXECUTION_ARN}

State machine: rotation
Execution: ${EXECUTION_ARN}
Ended: 2026-11-21 10:20 UTC

This notice is delivered at least once: a second copy tells of the same failure.
`,
      attributes: {
        status: 'FAILED',
        error: 'DatabaseBusyError',
        state: 'SetSecret',
        secret: SECRET_ARN,
        execution: EXECUTION_ARN,
      },
    });
  });

  it('leaves the runbook out when nobody said where it is', () => {
    expect(noticeOf({ runbookUrl: undefined }).text).not.toMatch(/runbook/i);
  });

  it('of a stopped execution tells what its last attempt had failed with', () => {
    const lastFailure = { error: 'DatabaseBusyError', cause: JSON.stringify({ errorMessage: 'locked' }) };
    const { text, attributes } = noticeOf({ status: 'ABORTED' }, { lastFailure });

    expect(text).toContain('Last failed attempt: DatabaseBusyError\nlocked\n');
    expect(text).toContain(
      'What to do: Nothing, if it was meant to be stopped. If it stays: look at the server',
    );
    expect(attributes['status']).toBe('ABORTED');
  });

  it('of a timed out execution in a state that waits says no more than is known', () => {
    const { text, attributes } = noticeOf(
      { status: 'TIMED_OUT', failure: undefined },
      { state: 'WaitForPasswordPropagation', attempts: 0 },
    );

    expect(text).toContain('State: WaitForPasswordPropagation\n');
    expect(text).toContain("What to do: See in the execution's history what it waited for.");
    expect(attributes).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
  });

  it('of a failure that Step Functions does not show yet falls back on the last attempt', () => {
    const lastFailure = { error: 'MasterPrivilegeError', cause: undefined };

    expect(noticeOf({ failure: undefined }, { lastFailure }).attributes['error']).toBe(
      'MasterPrivilegeError',
    );
    const nothing = noticeOf({ failure: undefined }, { state: undefined, attempts: 0 });
    expect(nothing.text).toContain("State: not known yet\n\nWhat to do: Read the execution's history.");
    expect(nothing.attributes).not.toHaveProperty('error');
  });

  it('of a rotation that Secrets Manager drives says that it may be repeated without help', () => {
    const owned = { owner: 'secrets-manager' } as const;

    expect(noticeOf({}, {}, owned).text).toContain('Secrets Manager may repeat this rotation by itself');
    expect(noticeOf({ status: 'ABORTED' }, {}, owned).text).not.toContain('may repeat this rotation');
  });

  it.each([
    ['yes', 'AWSCURRENT was moved to the new version'],
    ['unknown', 'AWSCURRENT may have been moved'],
    ['no', 'AWSCURRENT was not moved'],
  ] as const)('says what is known of AWSCURRENT: %s', (moved, sentence) => {
    expect(noticeOf({}, { moved }).text).toContain(`\n\n${sentence}`);
  });

  it('of an execution that cannot be re-driven says so, and offers no command', () => {
    const { text } = noticeOf({ notRedrivable: 'Execution history event limit exceeded' });

    expect(text).toContain(
      'It cannot be re-driven (Execution history event limit exceeded): start a new execution',
    );
    expect(text).not.toContain('redrive-execution');
  });

  it.each([
    ['aws-cn', 'cn-north-1', 'https://console.amazonaws.cn/states/home?region=cn-north-1#'],
    ['aws-us-gov', 'us-gov-west-1', 'https://console.amazonaws-us-gov.com/states/home?region=us-gov-west-1#'],
  ])('in the partition %s leads to the console of that partition', (partition, region, url) => {
    const executionArn = EXECUTION_ARN.replace('aws', partition).replace('eu-west-1', region);

    expect(noticeOf({ executionArn }).text).toContain(`\n${url}/v2/executions/details/${executionArn}\n`);
  });

  it('in a partition whose console is not known leads nowhere, and has the command', () => {
    const { text } = noticeOf({ executionArn: EXECUTION_ARN.replace('aws', 'aws-iso') });

    expect(text).not.toContain('console');
    expect(text).toContain('aws stepfunctions redrive-execution --region eu-west-1');
  });

  it.each([
    ['x'.repeat(512), 'CurrentCredentialRejectedError'],
    ['app', 'Lambda.ClientExecutionTimeoutException'],
    ['app', `Lambda.${'X'.repeat(73)}`],
    ['app', 'naïve\nname'],
  ])('has a subject that SNS takes, for the secret %s and the error %s', (secretId, error) => {
    const { subject } = noticeOf(
      { status: 'FAILED', failure: { error, cause: undefined } },
      {},
      { secretId },
    );

    expect(subject).toMatch(/^[!-~][ -~]{0,98}$/);
    expect(subject).toMatch(/^FAILED: rotation of (app|x{37}\.\.\.): \w/);
  });
});
