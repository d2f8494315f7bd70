import { parseCredential } from '../../secrets/credential';
import { adoptableVersion, pendingVersion } from '../../secrets/version-stages';
import { requireAgreement } from '../agreement';
import { verifyPending, type Preparation } from '../pending-version';
import type { ExecutionInput } from '../state';

/**
 * The password that a rotation would give the standby: that of a version that waits already, or one made like
 * it and kept nowhere, so that the server's password policy can be judged.
 *
 * Four situations:
 * 1. nothing is pending;
 * 2. a version is pending and names the standby: a rotation would go on with it;
 * 3. a copy of the current version is pending: Secrets Manager's test of a configuration (owner secrets-manager);
 * 4. an empty version is pending: its owner has not filled it yet; a schedule would not start on it.
 * @throws {PendingVersionMismatchError | PendingVersionEmptyError | SecretFormatError}
 */
export async function rehearsedPassword(
  preparation: Preparation,
  owner: ExecutionInput['owner'],
): Promise<string> {
  const { secrets, config, secret, current, standby } = preparation;
  const make = () => secrets.generatePassword(config.passwordLength, config.excludeCharacters);
  const versionId = owner === 'schedule' ? adoptableVersion(secret) : pendingVersion(secret);
  if (versionId === undefined) return make(); // 1

  const value = await secrets.read(secret.arn, { stage: 'AWSPENDING', versionId });
  if (value === undefined) {
    if (owner === 'schedule') await verifyPending(preparation, versionId); // 4
    return make();
  }
  const pending = parseCredential(value.text, `AWSPENDING of ${secret.arn}`);
  const isCopy = owner === 'secrets-manager' && pending.username === current.username;
  requireAgreement(current, pending, isCopy ? current.username : standby);
  return isCopy ? make() : pending.password; // 3, 2
}
