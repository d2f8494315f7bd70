import { PendingVersionMismatchError } from '../errors';
import { differingField, type Credential } from '../secrets/credential';
import { shellWord } from './shell-word';
import type { RotationState } from './state';

/** Whose pending version it is, which decides what an operator can do about it. */
export type PendingOf = Pick<RotationState, 'owner' | 'versionId'>;

/**
 * What keeps a pending version from being the current one with the standby user's login.
 * @returns the name of the field, or undefined
 */
export function disagreement(current: Credential, pending: Credential, standby: string): string | undefined {
  return pending.username === standby ? differingField(current, pending) : 'username';
}

/**
 * Requires that a pending version is the current one with the standby user's login: whatever its owner has
 * written into the current version since must survive the promotion.
 * @throws {PendingVersionMismatchError} naming the field and the remedy.
 */
export function requireAgreement(
  current: Credential,
  pending: Credential,
  standby: string,
  of: PendingOf,
): void {
  const field = disagreement(current, pending, standby);
  if (field === undefined) return;
  const expected =
    field === 'username' ? `the standby user ${standby}` : 'the value of the current version, which counts';
  throw new PendingVersionMismatchError(
    `the AWSPENDING version does not fit the AWSCURRENT one: ${field} differs from what is expected (${expected}). ${remedyFor(of)}`,
  );
}

function remedyFor({ owner, versionId }: PendingOf): string {
  const away = `take its label away with update-secret-version-stage --version-stage AWSPENDING --remove-from-version-id ${shellWord(versionId)}`;
  return owner === 'schedule'
    ? `Start a new rotation, which writes a version that fits; or ${away}`
    : `A version that Secrets Manager announced is written once: run cancel-rotate-secret, ${away}, and run rotate-secret; the current version stays as it is`;
}
