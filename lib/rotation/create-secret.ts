import type { Config } from '../config';
import { log } from '../log';
import { isMasterRotating } from '../secrets/master-credential';
import type { SecretStore } from '../secrets/secret-store';
import { pendingVersion, versionWith } from '../secrets/version-stages';
import {
  prepare,
  readWaiting,
  superseded,
  verifyPending,
  writePending,
  type Preparation,
} from './pending-version';
import { requireRotatable } from './rotatable';
import { requireTimeHasCome } from './scheduled-time';
import { SCHEMA_VERSION, type CreateSecretInput, type RotationState } from './state';
import { deriveVersionId, successorOf } from './version-id';

export interface CreateSecretPorts {
  secrets: SecretStore;
  config: Config;
  now: () => Date;
}

/**
 * Makes sure that a pending version exists and names the standby user. All that can be judged without a
 * database is judged before anything is written. Safe to repeat: a version that is there is used as it is.
 */
export async function createSecret(
  { input, executionArn }: CreateSecretInput,
  { secrets, config, now }: CreateSecretPorts,
): Promise<RotationState> {
  requireTimeHasCome(input.scheduledTime, now());
  const secret = await secrets.describe(input.secretId);
  const ours = input.versionId ?? deriveVersionId(secret.arn, executionArn, input.scheduledTime);
  log.bindAlso({ secretArn: secret.arn, versionId: ours });
  requireRotatable(secret, input.owner);
  const preparation = await prepare(secrets, config, secret);
  const { current, currentVersionId, standby, masterArn } = preparation;

  const state = {
    schemaVersion: SCHEMA_VERSION,
    executionArn,
    secretArn: secret.arn,
    owner: input.owner,
    currentVersionId,
    previousVersionId: versionWith('AWSPREVIOUS', secret),
    changedAt: secret.changedAt?.toISOString(),
    currentUser: current.username,
    pendingUser: standby,
    host: current.host,
    port: current.port,
    masterArn,
  } as const;
  if (currentVersionId === ours) {
    return { ...state, versionId: ours, alreadyRotated: true, masterRotating: false };
  }
  const masterRotating = await isMasterRotating(secrets, masterArn, now());
  const versionId = await settlePending(preparation, input.owner, ours);
  return { ...state, versionId, alreadyRotated: false, masterRotating };
}

/**
 * A repeated or concurrent CreateSecret can meet five situations:
 * 1. nothing is pending: write our version (owner schedule);
 * 2. ours is pending with a value that fits: go on with it;
 * 3. ours is pending and empty (owner secrets-manager): kickoff, which alone may fill it, has not;
 * 4. another version is pending: owner schedule adopts and finishes it, so that a run that failed once cannot
 *    block the next for ever; owner secrets-manager never takes a version that is not its own;
 * 5. ours exists, but is neither pending nor current: a late duplicate of a rotation that is over.
 * In 2 and 4 a schedule replaces a version that does not fit, because no later run could finish it either.
 * @returns the id of the version to go on with.
 */
async function settlePending(
  preparation: Preparation,
  owner: RotationState['owner'],
  ours: string,
): Promise<string> {
  const { secret } = preparation;
  const pending = pendingVersion(secret);
  const isOurs = pending === ours;
  if (!isOurs && (owner === 'secrets-manager' || secret.stages[ours] !== undefined)) {
    throw superseded(secret, ours); // 5
  }
  if (owner === 'secrets-manager') {
    await verifyPending(preparation, owner, ours); // 2, 3
    return ours;
  }
  if (pending === undefined) {
    await writePending(preparation, owner, { versionId: ours }); // 1
    return ours;
  }
  const { flaw, password } = await readWaiting(preparation, pending);
  if (flaw === undefined) {
    if (!isOurs) log.info('adopts the version that an earlier rotation left pending', { versionId: pending });
    return pending; // 2, 4
  }
  log.warn(`replaces the version that was pending: ${flaw}`, { versionId: pending });
  const versionId = isOurs ? successorOf(ours, preparation.currentVersionId) : ours;
  await writePending(preparation, owner, { versionId, password });
  return versionId;
}
