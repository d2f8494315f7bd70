import type { Command } from 'commander';
import { messageOf } from '../local/database/failure';
import { applyAwsSettings } from '../local/lab/aws-settings';
import { requireCaller } from '../local/lab/require-caller';
import type { Options } from './options';

/** What is to be experimented with, as it was asked for. */
export interface Request {
  /** Name or ARN. */
  readonly secretId: string;
  readonly stateMachineArn: string;
  readonly kickoffArn: string;
  readonly region: string;
}

/** Reads the request and tells the SDK where the services are; ends the program when something is missing. */
export async function requireRequest(program: Command, options: Options): Promise<Request> {
  const { secretId, stateMachineArn, kickoffArn } = options;
  if (secretId === undefined) return program.error('give a test secret with --secret-id');
  if (stateMachineArn === undefined)
    return program.error('give the deployed state machine with --state-machine-arn');
  if (kickoffArn === undefined) return program.error('give the deployed kickoff function with --kickoff-arn');
  if (homeOf(stateMachineArn) !== homeOf(kickoffArn)) {
    return program.error(
      `--state-machine-arn and --kickoff-arn are of one Region and account, found ${homeOf(stateMachineArn)} and ${homeOf(kickoffArn)}`,
    );
  }
  if (!options.yesRotateThisSecret) {
    return program.error(`${secretId} would be rotated several times: say so with --yes-rotate-this-secret`);
  }
  const region = options.region ?? stateMachineArn.split(':')[3] ?? '';
  applyEndpoints(options, region);
  await requireCaller().catch((error: unknown) => program.error(messageOf(error)));
  return { secretId, stateMachineArn, kickoffArn, region };
}

/** Region and account of an ARN. */
const homeOf = (arn: string): string => arn.split(':').slice(3, 5).join(':');

function applyEndpoints(options: Options, region: string): void {
  const endpoints = [
    ['AWS_ENDPOINT_URL_SECRETS_MANAGER', options.endpointUrlSecretsManager],
    ['AWS_ENDPOINT_URL_SFN', options.endpointUrlStepFunctions],
    ['AWS_ENDPOINT_URL_CLOUDTRAIL', options.endpointUrlCloudtrail],
  ] as const;
  for (const [variable, endpointUrl] of endpoints) {
    applyAwsSettings({ region, ...(endpointUrl !== undefined && { endpointUrl }) }, process.env, variable);
  }
}
