import type { Config } from '../config';
import { PendingVersionEmptyError, RotationSupersededError, SecretNotFoundError } from '../errors';
import { log } from '../log';
import { parseCredential, withLogin, type Credential } from '../secrets/credential';
import { isMasterRotating } from '../secrets/master-credential';
import type { SecretDescription, SecretStore } from '../secrets/secret-store';
import { pendingVersion, versionWith } from '../secrets/version-stages';
import { requireAgreement } from './agreement';
import { listedMaster } from './listed-master';
import { requireRotatable } from './rotatable';
import { standbyUser } from './standby-user';
import { SCHEMA_VERSION, type CreateSecretInput, type RotationState } from './state';
import { deriveVersionId } from './version-id';

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
  const secret = await secrets.describe(input.secretId);
  requireRotatable(secret, input.owner);
  const { credential: current, versionId: currentVersionId } = await readCurrent(secrets, secret);
  const standby = standbyUser(current.username, current.engine, config);
  const masterArn = listedMaster(current, config);
  const ours = input.versionId ?? deriveVersionId(secret.arn, executionArn, input.scheduledTime);

  const state = {
    schemaVersion: SCHEMA_VERSION,
    executionArn,
    secretArn: secret.arn,
    owner: input.owner,
    currentVersionId,
    previousVersionId: versionWith('AWSPREVIOUS', secret),
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
  const versionId = await settlePending({
    secrets,
    config,
    secret,
    owner: input.owner,
    ours,
    current,
    standby,
  });
  return { ...state, versionId, alreadyRotated: false, masterRotating };
}

async function readCurrent(secrets: SecretStore, { arn }: SecretDescription) {
  const value = await secrets.read(arn, { stage: 'AWSCURRENT' });
  if (value === undefined) {
    throw new SecretNotFoundError(
      `${arn} has no AWSCURRENT value; put one with the application's login first`,
    );
  }
  return { versionId: value.versionId, credential: parseCredential(value.text, `AWSCURRENT of ${arn}`) };
}

interface Situation {
  secrets: SecretStore;
  config: Config;
  secret: SecretDescription;
  owner: RotationState['owner'];
  ours: string;
  current: Credential;
  standby: string;
}

/**
 * A repeated or concurrent CreateSecret can meet five situations:
 * 1. nothing is pending: write our version (owner schedule);
 * 2. ours is pending with a value: go on with it;
 * 3. ours is pending and empty: kickoff, which alone may fill it, has not;
 * 4. another version is pending: owner schedule adopts and finishes it, so that a run that failed once
 *    cannot block the next for ever; owner secrets-manager never takes a version that is not its own;
 * 5. ours exists, but is neither pending nor current: a late duplicate of a rotation that is over.
 * @returns the id of the version to go on with.
 */
async function settlePending(situation: Situation): Promise<string> {
  const { secret, ours, owner } = situation;
  const pending = pendingVersion(secret);
  if (pending === ours) return verify(situation, ours); // 2, 3
  if (secret.stages[ours] !== undefined) throw superseded(secret, ours); // 5
  if (owner === 'secrets-manager') throw superseded(secret, ours);
  if (pending === undefined) return write(situation); // 1
  log.info('adopts the version that an earlier rotation left pending', { versionId: pending });
  return verify(situation, pending); // 4
}

async function write(situation: Situation): Promise<string> {
  const { secrets, config, secret, ours, current, standby } = situation;
  const password = await secrets.generatePassword(config.passwordLength, config.excludeCharacters);
  if (await secrets.writePending(secret.arn, ours, withLogin(current, standby, password))) return ours;
  // A concurrent duplicate was faster (its value is used), or the id was used up long ago (5).
  if (pendingVersion(await secrets.describe(secret.arn)) !== ours) throw superseded(secret, ours);
  return verify(situation, ours);
}

async function verify({ secrets, secret, current, standby }: Situation, versionId: string): Promise<string> {
  const value = await secrets.read(secret.arn, { stage: 'AWSPENDING', versionId });
  if (value === undefined) {
    throw new PendingVersionEmptyError(
      `version ${versionId} of ${secret.arn} is AWSPENDING but has no value: a rotation that Secrets Manager started did not get that far. Repeat it with rotate-secret, or take the label away with update-secret-version-stage --version-stage AWSPENDING --remove-from-version-id ${versionId}`,
    );
  }
  requireAgreement(current, parseCredential(value.text, `AWSPENDING of ${secret.arn}`), standby);
  return versionId;
}

function superseded(secret: SecretDescription, versionId: string): RotationSupersededError {
  return new RotationSupersededError(
    `version ${versionId} of ${secret.arn} is neither AWSPENDING nor AWSCURRENT: another rotation has moved on, nothing was changed`,
  );
}
