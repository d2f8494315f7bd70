/** "14 days … starts from the day a state machine completes its execution" (Step Functions API, RedriveExecution). */
const REDRIVABLE_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** AWS names one console host for each partition; an isolated one has its own, which is not known here. */
const CONSOLE_HOSTS: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

export interface RedriveOffer {
  until: Date;
  /** The execution's page, where the redrive button is; `undefined` in a partition whose console is not known. */
  consoleUrl: string | undefined;
  /** For the AWS CLI. */
  command: string;
}

export function redriveOffer(executionArn: string, endedAt: Date): RedriveOffer {
  const [, partition = '', , region = ''] = executionArn.split(':');
  const host = CONSOLE_HOSTS[partition];
  return {
    until: new Date(endedAt.getTime() + REDRIVABLE_DAYS * DAY_MS),
    consoleUrl:
      host === undefined
        ? undefined
        : `https://${host}/states/home?region=${region}#/v2/executions/details/${executionArn}`,
    command: `aws stepfunctions redrive-execution --region ${region} --execution-arn ${executionArn}`,
  };
}
