import { readAgeConfig, readNoticeConfig } from '../../../lib/config';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:notices';
const MACHINE = 'arn:aws:states:eu-west-1:111122223333:stateMachine:rotation';
const secret = (name: string) => `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${name}-AbCdEf`;
const refusal = (message: RegExp) =>
  expect.objectContaining({
    name: 'ConfigurationError',
    message: expect.stringMatching(message) as unknown,
  }) as Error;

describe('the settings of notices', () => {
  it('need no more than a topic', () => {
    expect(readNoticeConfig({ NOTICE_TOPIC_ARN: TOPIC, RUNBOOK_URL: '' })).toEqual({ topicArn: TOPIC });
  });

  it('may say where the runbook is', () => {
    const runbookUrl = 'https://example.com/docs/runbook.md';

    expect(readNoticeConfig({ NOTICE_TOPIC_ARN: TOPIC, RUNBOOK_URL: runbookUrl })).toMatchObject({
      runbookUrl,
    });
  });

  it.each([
    [{}, /^NOTICE_TOPIC_ARN environment variable is not set$/],
    [{ NOTICE_TOPIC_ARN: MACHINE }, /^NOTICE_TOPIC_ARN expected the ARN of an SNS topic$/],
    [{ NOTICE_TOPIC_ARN: TOPIC, RUNBOOK_URL: 'javascript:alert(1)' }, /^RUNBOOK_URL expected a URL/],
    [{ NOTICE_TOPIC_ARN: TOPIC, RUNBOOK_URL: 'docs/runbook.md' }, /^RUNBOOK_URL expected a URL/],
  ])('%j are refused by name', (settings, message) => {
    expect(() => readNoticeConfig(settings)).toThrow(refusal(message));
  });
});

describe('the settings of the report of ages', () => {
  it('are the machine and the secrets', () => {
    const APP_SECRET_ARNS = ` ${secret('a')}, ,${secret('team/b')}`;

    expect(readAgeConfig({ STATE_MACHINE_ARN: MACHINE, APP_SECRET_ARNS })).toEqual({
      machineArn: MACHINE,
      secretArns: [secret('a'), secret('team/b')],
    });
  });

  it.each([
    [{ APP_SECRET_ARNS: secret('a') }, /^STATE_MACHINE_ARN environment variable is not set$/],
    [{ STATE_MACHINE_ARN: TOPIC, APP_SECRET_ARNS: secret('a') }, /^STATE_MACHINE_ARN expected/],
    [{ STATE_MACHINE_ARN: MACHINE }, /^APP_SECRET_ARNS environment variable is not set$/],
    [
      { STATE_MACHINE_ARN: MACHINE, APP_SECRET_ARNS: `${secret('a')},b` },
      /^APP_SECRET_ARNS expected the whole ARNs/,
    ],
  ])('%j are refused by name', (settings, message) => {
    expect(() => readAgeConfig(settings)).toThrow(refusal(message));
  });
});
