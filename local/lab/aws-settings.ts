export interface AwsOptions {
  endpointUrl?: string;
  region?: string;
}

/** Any of these tells the SDK who the caller is. */
const IDENTITIES = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/** The SDK's own variables for the endpoints of the services. */
type EndpointVariable =
  'AWS_ENDPOINT_URL_SECRETS_MANAGER' | 'AWS_ENDPOINT_URL_SFN' | 'AWS_ENDPOINT_URL_CLOUDTRAIL';

export function isLoopback(url: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}

/**
 * Says where a service is, Secrets Manager unless another is named, and who calls it, by the SDK's own variables; to be called before a client is
 * made. What the environment says stays, and is outdone by an option.
 */
export function applyAwsSettings(
  { endpointUrl, region }: AwsOptions,
  env = process.env,
  variable: EndpointVariable = 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
): void {
  if (endpointUrl !== undefined) env[variable] = endpointUrl;
  // The AWS CLI also knows AWS_DEFAULT_REGION, this SDK does not.
  const chosen = region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
  if (chosen !== undefined) env['AWS_REGION'] = chosen;

  // An emulator on this machine asks for credentials and takes any; nobody else is offered made-up ones.
  if (endpointUrl === undefined || !isLoopback(endpointUrl)) return;
  env['AWS_REGION'] ??= 'us-east-1';
  if (IDENTITIES.some((name) => (env[name] ?? '') !== '')) return;
  env['AWS_ACCESS_KEY_ID'] = 'test';
  env['AWS_SECRET_ACCESS_KEY'] = 'test';
}
