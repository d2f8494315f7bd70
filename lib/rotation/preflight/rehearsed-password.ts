import { parseCredential } from '../../secrets/credential';
import { pendingVersion } from '../../secrets/version-stages';
import { requireAgreement } from '../agreement';
import { readWaiting, type Preparation } from '../pending-version';
import type { ExecutionInput } from '../state';

/**
 * The password that a rotation would give the standby: that of a version that waits already, or one made like
 * it and kept nowhere, so that the server's password policy can be judged.
 *
 * Four situations:
 * 1. nothing is pending;
 * 2. a version is pending and names the standby: a rotation would go on with it, or with its password;
 * 3. a copy of the current version is pending: Secrets Manager's test of a configuration (owner secrets-manager);
 * 4. a version is pending that names no standby: kickoff would fill an empty one, a schedule would replace it.
 * @throws {PendingVersionMismatchError | SecretFormatError} of a version that only Secrets Manager could replace.
 */
export async function rehearsedPassword(
  preparation: Preparation,
  owner: ExecutionInput['owner'],
): Promise<string> {
  const { secrets, config, secret, current, standby } = preparation;
  const make = () => secrets.generatePassword(config.passwordLength, config.excludeCharacters);
  const versionId = pendingVersion(secret);
  if (versionId === undefined) return make(); // 1
  if (owner === 'schedule') return (await readWaiting(preparation, versionId)).password ?? make(); // 2, 4

  const value = await secrets.read(secret.arn, { stage: 'AWSPENDING', versionId });
  if (value === undefined) return make(); // 4
  const pending = parseCredential(value.text, `AWSPENDING of ${secret.arn}`);
  const isCopy = pending.username === current.username;
  requireAgreement(current, pending, isCopy ? current.username : standby, { owner, versionId });
  return isCopy ? make() : pending.password; // 3, 2
}
