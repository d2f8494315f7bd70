import { InvalidArgumentError, Option, type Command } from 'commander';
import { parseEndpointUrl } from '../local/lab/endpoint-url-option';
import { experiments } from './experiments';
import type { Pace } from './pace';

/** The options as commander hands them over. Times are in seconds. */
export interface Options {
  secretId?: string;
  stateMachineArn?: string;
  kickoffArn?: string;
  region?: string;
  yesRotateThisSecret: boolean;
  only?: string[];
  list: boolean;
  json: boolean;
  endpointUrlSecretsManager?: string;
  endpointUrlStepFunctions?: string;
  endpointUrlCloudtrail?: string;
  poll: number;
  trailPoll: number;
  trailLag: number;
  rotationLimit: number;
  retryWindow: number;
  lateAfter: number;
  blocking: number;
}

function parseSeconds(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= 0 && value <= 86_400) return value;
  throw new InvalidArgumentError('Expected seconds, from 0 to 86400.');
}

function parseArn(service: string, kind: string): (text: string) => string {
  const shape = new RegExp(`^arn:[\\w-]+:${service}:[\\w-]+:\\d{12}:${kind}:.`);
  return (text) => {
    if (shape.test(text)) return text;
    throw new InvalidArgumentError(`Expected arn:aws:${service}:<Region>:<account>:${kind}:<name>.`);
  };
}

const time = (flag: string, seconds: number, description: string): Option =>
  new Option(`${flag} <seconds>`, description).argParser(parseSeconds).default(seconds);

const endpoint = (service: string, title: string): Option =>
  new Option(`--endpoint-url-${service} <url>`, `where ${title} is, if not in AWS`).argParser(
    parseEndpointUrl,
  );

/** Everything that can be said on the command line. */
export function addOptions(program: Command): Command {
  return program
    .option('--secret-id <id>', 'name or ARN of a TEST secret, which will be rotated several times')
    .addOption(
      new Option('--state-machine-arn <arn>', 'the deployed state machine').argParser(
        parseArn('states', 'stateMachine'),
      ),
    )
    .addOption(
      new Option('--kickoff-arn <arn>', 'the deployed kickoff function').argParser(
        parseArn('lambda', 'function'),
      ),
    )
    .option('--region <region>', 'by default that of the state machine')
    .option('--yes-rotate-this-secret', 'without it, nothing is done', false)
    .addOption(
      new Option('--only <id...>', 'run these experiments only').choices(experiments.map(({ id }) => id)),
    )
    .option('--list', 'say what would be asked, and how; do nothing', false)
    .option('--json', 'print one JSON document', false)
    .addOption(endpoint('secrets-manager', 'Secrets Manager'))
    .addOption(endpoint('step-functions', 'Step Functions'))
    .addOption(endpoint('cloudtrail', 'CloudTrail'))
    .addOption(time('--poll', 5, 'between two looks at the secret or an execution'))
    .addOption(time('--trail-poll', 20, 'between two looks into CloudTrail'))
    .addOption(time('--trail-lag', 900, 'how long CloudTrail may take to show an event'))
    .addOption(time('--rotation-limit', 1_800, 'how long one rotation may take'))
    .addOption(time('--retry-window', 3_600, 'how long Secrets Manager is watched for trying again'))
    .addOption(time('--late-after', 1_800, 'how late the late redrive is'))
    .addOption(time('--blocking', 300, 'how long an execution must take to count as blocking'));
}

/** An execution is caught in the act more often than it is looked at. */
const MOST_CATCH_SECONDS = 0.25;

export function paceOf(options: Options): Pace {
  return {
    pollMs: options.poll * 1_000,
    catchMs: Math.min(options.poll, MOST_CATCH_SECONDS) * 1_000,
    trailPollMs: options.trailPoll * 1_000,
    trailLagMs: options.trailLag * 1_000,
    rotationMs: options.rotationLimit * 1_000,
    retryWindowMs: options.retryWindow * 1_000,
    lateMs: options.lateAfter * 1_000,
    blockingMs: options.blocking * 1_000,
  };
}
