import { v5 } from 'uuid';
import { NAMESPACE } from '../version-id';
import type { RotationEvent } from './event';

/** An execution that can neither be attached to nor re-driven gets a successor, and at most that many in all. */
const MOST_EXECUTIONS = 3;

/** Characters of a token that an execution's name may hold as they are. */
const SAFE_IN_NAMES = /^[A-Za-z0-9_-]+$/;

/**
 * What an execution's name says of a secret and a token. Tokens are unique per secret only, so the secret's ARN
 * is in it. A token of other characters is replaced by its UUIDv5, behind `_` where an ordinary one has `-`, so
 * that no two tokens share a name. A name has 80 characters at most, of few kinds (Step Functions API reference,
 * StartExecution); a token has 64.
 */
function baseName({ SecretId, ClientRequestToken: token }: RotationEvent): string {
  const secret = v5(SecretId, NAMESPACE).slice(0, 8);
  return SAFE_IN_NAMES.test(token) ? `${secret}-${token}` : `${secret}_${v5(token, NAMESPACE)}`;
}

/** Names of a rotation's executions, the first one first. */
export function executionNames(event: RotationEvent, operation: 'rotate' | 'preflight'): string[] {
  const base = baseName(event);
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
