import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { Option, type Command } from 'commander';
import { codeOf, messageOf } from '../database/failure';
import { applyAwsSettings, type AwsOptions } from './aws-settings';
import { endpointUrlOption } from './endpoint-url-option';
import { LAB_PORTS } from './lab-ports';
import { requireCaller } from './require-caller';

/** A service that a command calls. */
const SERVICES = {
  secretsManager: {
    title: 'Secrets Manager',
    region: 'AWS_REGION',
    variable: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
    makeClient: () => new SecretsManagerClient({}),
  },
  stepFunctions: {
    title: 'Step Functions',
    region: 'that of the execution or state machine',
    variable: 'AWS_ENDPOINT_URL_SFN',
    makeClient: () => new SFNClient({}),
  },
} as const;

type ServiceName = keyof typeof SERVICES;
type Client<Name extends ServiceName> = ReturnType<(typeof SERVICES)[Name]['makeClient']>;

/** What every command has that calls one service. */
export interface ServiceOptions extends AwsOptions {
  aws: boolean;
  json: boolean;
}

const labUrl = (name: ServiceName): string => `http://127.0.0.1:${LAB_PORTS[name]}`;

export function addServiceOptions(command: Command, name: ServiceName): Command {
  const { title, variable, region } = SERVICES[name];
  return command
    .addOption(endpointUrlOption(`where ${title} is; by default ${variable}, or that of "lab up"`))
    .addOption(
      new Option('--aws', 'in AWS, with your own credentials').default(false).conflicts('endpointUrl'),
    )
    .option('--region <region>', `by default ${region}`)
    .option('--json', 'print one JSON document', false)
    .addHelpText('after', '\nExit code: 0 done, 1 refused (why is on standard error), 2 wrong use.');
}

/** Where a service is looked for; `undefined` leaves it to the SDK. */
export function endpointUrlOf(name: ServiceName, { aws, endpointUrl }: ServiceOptions): string | undefined {
  if (aws) return undefined;
  const { [SERVICES[name].variable]: own, AWS_ENDPOINT_URL: common } = process.env;
  return endpointUrl ?? [own, common].find((url) => url !== undefined && url !== '') ?? labUrl(name);
}

/**
 * Lends a client of the service that the options name.
 * @throws {Error} with what the service answered, when it refused.
 */
export async function callService<Name extends ServiceName, Result>(
  name: Name,
  { command, options }: { command: Command; options: ServiceOptions },
  use: (client: Client<Name>) => Promise<Result>,
): Promise<Result> {
  const endpointUrl = endpointUrlOf(name, options);
  const { variable, makeClient } = SERVICES[name];
  applyAwsSettings({ ...options, ...(endpointUrl !== undefined && { endpointUrl }) }, process.env, variable);
  await requireCaller().catch((error: unknown) => command.error(messageOf(error)));
  const client = makeClient() as Client<Name>;
  try {
    return await use(client);
  } catch (error) {
    throw new Error(whyRefused(error, endpointUrl));
  } finally {
    client.destroy();
  }
}

function whyRefused(error: unknown, endpointUrl: string | undefined): string {
  if (codeOf(error) === 'ECONNREFUSED') {
    return `nobody listens at ${endpointUrl ?? 'the endpoint'}: start "npm run -s lab -- up", or name the service with --endpoint-url or --aws`;
  }
  const name = error instanceof Error ? `${error.name}: ` : '';
  return `${name}${messageOf(error)}`;
}
