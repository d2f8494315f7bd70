import { PendingVersionMismatchError } from '../errors';
import type { Credential } from '../secrets/credential';

/** What two versions of one secret must have in common; the login is what differs. */
const SHARED = ['engine', 'host', 'port', 'dbname', 'masterarn'] as const;

/**
 * Requires that a pending version is the current one with the standby user's login.
 * @throws {PendingVersionMismatchError} naming the field.
 */
export function requireAgreement(current: Credential, pending: Credential, standby: string): void {
  const differing =
    pending.username === standby ? SHARED.find((field) => current[field] !== pending[field]) : 'username';
  if (differing === undefined) return;
  throw new PendingVersionMismatchError(
    `the AWSPENDING version does not fit the AWSCURRENT one: ${differing} differs from what is expected (${
      differing === 'username' ? `the standby user ${standby}` : 'the value of the current version'
    }). If nobody needs that version, take its label away with update-secret-version-stage --version-stage AWSPENDING --remove-from-version-id`,
  );
}
