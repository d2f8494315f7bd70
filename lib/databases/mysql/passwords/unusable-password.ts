import { createHmac } from 'node:crypto';

/**
 * The password of an account that is not to be used yet. It is derived from the pending password, with which it
 * says nothing about that one, so that a later run can prove who created the account: MariaDB's accounts hold no
 * marker. 28 characters stand behind four that satisfy a validating plugin, 32 in all because ed25519 takes no
 * other length.
 */
export function unusablePassword(username: string, pendingPassword: string): string {
  const digest = createHmac('sha256', pendingPassword).update(`unusable password of ${username}`).digest();
  return `aA1!${digest.subarray(0, 21).toString('base64')}`;
}
