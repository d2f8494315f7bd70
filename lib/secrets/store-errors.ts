import {
  ConfigurationError,
  SecretAccessDeniedError,
  SecretMarkedForDeletionError,
  SecretNotFoundError,
  SecretStoreLimitError,
  SecretStoreUnavailableError,
  type RotationError,
} from '../errors';
import { suffixHint } from './secret-arn';
import { refusalOf } from './store-refusals';

/** An SDK error is known by its name, which is the service's or the network's code. */
export function nameOf(error: unknown): string {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  const known = name === 'Error' ? code : name;
  return typeof known === 'string' ? known : 'unknown error';
}

/**
 * What an SDK error means to a rotation. Only its name is taken over. What is no refusal came from the network or
 * from the service's inside (throttling, 5xx, no route) and is worth another try.
 */
export function translateStoreError(
  operation: string,
  secretId: string | undefined,
  error: unknown,
): RotationError {
  const name = nameOf(error);
  const subject = secretId === undefined ? operation : `${operation} for ${secretId}`;
  const hint = suffixHint(secretId ?? '');
  if (name === 'ResourceNotFoundException') {
    return new SecretNotFoundError(
      `${subject}: there is no such secret${hint}; check its ARN, account and Region`,
    );
  }
  if (name === 'InvalidRequestException' && secretId !== undefined) {
    return new SecretMarkedForDeletionError(
      `${subject}: refused for the secret's state; is it scheduled for deletion (restore-secret), or a replica?`,
    );
  }
  const refusal = refusalOf(name, error);
  if (refusal === 'denied') {
    return new SecretAccessDeniedError(
      `${subject} was refused (${name})${hint}: check the Lambda's role, the secret's policy and the KMS key's policy`,
    );
  }
  if (refusal === 'limit') {
    return new SecretStoreLimitError(
      `${subject} was refused (${name}): a quota of Secrets Manager is used up, which repeating does not change; it keeps about 100 versions of a secret, and deletes none that is younger than a day`,
    );
  }
  if (refusal === 'misused') {
    return new ConfigurationError(
      `${subject} was refused (${name}): check secretId, PASSWORD_LENGTH and EXCLUDE_CHARACTERS`,
    );
  }
  return new SecretStoreUnavailableError(
    `${subject} had no answer (${name}): throttled, or no route; from inside a VPC Secrets Manager needs an interface endpoint or NAT`,
  );
}

/** Sends one call and translates what it throws. */
export async function answer<Output>(
  operation: string,
  secretId: string | undefined,
  send: () => Promise<Output>,
): Promise<Output> {
  try {
    return await send();
  } catch (error) {
    throw translateStoreError(operation, secretId, error);
  }
}
