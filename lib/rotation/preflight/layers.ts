import { DatabaseUnavailableError, SecretStoreUnavailableError, type RotationError } from '../../errors';

/** What a rotation stands on, the lowest first: the first layer that fails is the cause. */
export const LAYERS = [
  'secrets-manager',
  'secret-schema',
  'dns',
  'tcp',
  'tls',
  'master-login',
  'current-login',
  'master-rights',
] as const;
export type Layer = (typeof LAYERS)[number];

const USUAL_LIMIT_MS = 3_000;

/** Together less than 60 seconds, which leaves the Lambda time to say what it found. */
const LIMITS_MS: Readonly<Partial<Record<Layer, number>>> = {
  // Includes waiting for the lock on the pair, which the engine does for 5 s before it says who holds it.
  'master-login': 8_000,
  // Includes computing hashes, for which `caching_sha2_password_digest_rounds` may ask for seconds.
  'master-rights': 10_000,
};

export function limitMs(layer: Layer): number {
  return LIMITS_MS[layer] ?? USUAL_LIMIT_MS;
}

const NO_SECRETS_MANAGER =
  'Secrets Manager did not answer: from inside a VPC it needs an interface endpoint with private DNS, whose security group is open on 443 to the Lambda, or NAT';

/** What silence means, by layer. A refusal is told by whoever got it. */
const SILENCE: Readonly<Record<Layer, (limit: string) => RotationError>> = {
  'secrets-manager': (limit) => new SecretStoreUnavailableError(`${NO_SECRETS_MANAGER} (${limit})`),
  'secret-schema': (limit) => new SecretStoreUnavailableError(`${NO_SECRETS_MANAGER} (${limit})`),
  dns: (limit) =>
    new DatabaseUnavailableError(
      `no name server answered (${limit}): check DNS support of the Lambda's VPC and its resolver rules`,
    ),
  tcp: (limit) =>
    new DatabaseUnavailableError(
      `host and port of the secret do not answer at all (${limit}): packets are dropped on the way; open the database's security group, and network ACLs, to the Lambda's security group on that port`,
    ),
  tls: (limit) =>
    new DatabaseUnavailableError(
      `the server accepts connections but set up no TLS and answered no login (${limit}): is it overloaded, or does something else listen on that port?`,
    ),
  'master-login': (limit) =>
    new DatabaseUnavailableError(
      `the master's login and reading both users took too long (${limit}): is the server overloaded?`,
    ),
  'current-login': (limit) =>
    new DatabaseUnavailableError(
      `proving the current user's password took too long (${limit}): give the Lambda more memory`,
    ),
  'master-rights': (limit) =>
    new DatabaseUnavailableError(
      `comparing the rights of both users took too long (${limit}): is the server overloaded?`,
    ),
};

/** The error for a layer that gave no answer within its limit. */
export function silenceOf(layer: Layer): RotationError {
  return SILENCE[layer](`waited ${limitMs(layer) / 1000} s`);
}

/** Errors that tell their layer by themselves, whichever was being probed when they came. */
const OWN_LAYER: ReadonlyMap<string, Layer> = new Map([
  ['SecretStoreUnavailableError', 'secrets-manager'],
  ['SecretAccessDeniedError', 'secrets-manager'],
  ['MasterCredentialRejectedError', 'master-login'],
  ['MasterPrivilegeError', 'master-rights'],
]);

/** The layer that an error belongs to. @param open the layer being probed */
export function layerOf({ name }: RotationError, open: Layer): Layer {
  return OWN_LAYER.get(name) ?? open;
}
