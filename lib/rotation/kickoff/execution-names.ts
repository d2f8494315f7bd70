import { v5 } from 'uuid';
import { NAMESPACE } from '../version-id';
import type { RotationEvent } from './event';

/** An execution that can neither be attached to nor re-driven gets a successor, and at most that many in all. */
const MOST_EXECUTIONS = 3;

/**
 * Names of a rotation's executions, the first one first. Tokens are unique per secret only, so the secret's ARN
 * is in the name; a name has 80 characters at most (Step Functions API reference, StartExecution), a token 64.
 */
export function executionNames(
  { SecretId, ClientRequestToken }: RotationEvent,
  operation: 'rotate' | 'preflight',
): string[] {
  const secret = v5(SecretId, NAMESPACE).slice(0, 8);
  const base = `${secret}-${ClientRequestToken}`;
  const suffixes = Array.from({ length: MOST_EXECUTIONS }, (_, index) => index + 1);
  return operation === 'preflight'
    ? suffixes.map((number) => `${base}-p${number}`)
    : suffixes.map((number) => (number === 1 ? base : `${base}-${number}`));
}

/** The execution's input: the same bytes every time, and no secret in it. */
export function executionInputFor(
  { SecretId, ClientRequestToken }: RotationEvent,
  operation: 'rotate' | 'preflight',
): string {
  return JSON.stringify({
    secretId: SecretId,
    owner: 'secrets-manager',
    operation,
    versionId: ClientRequestToken,
  });
}
