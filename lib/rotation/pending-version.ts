import type { Config } from '../config';
import {
  PendingVersionEmptyError,
  RotationSupersededError,
  SecretNotFoundError,
  SecretStoreUnavailableError,
  UserMismatchError,
} from '../errors';
import { parseCredential, withLogin, type Credential } from '../secrets/credential';
import type { SecretDescription, SecretStore } from '../secrets/secret-store';
import { pendingVersion, versionWith } from '../secrets/version-stages';
import { requireAgreement } from './agreement';
import { listedMaster } from './listed-master';
import { standbyUser } from './standby-user';
import { unstorable } from './storable-name';

/** What is needed to make or to judge a pending version. */
export interface Preparation {
  secrets: SecretStore;
  config: Config;
  secret: SecretDescription;
  current: Credential;
  currentVersionId: string;
  standby: string;
  masterArn: string;
}

/**
 * Reads the current version and judges all of it that can be judged without a database.
 * @throws {SecretNotFoundError} when there is no current value.
 * @throws {SecretStoreUnavailableError} when its version is not the one that the description calls current.
 * @throws {SecretFormatError | UnsupportedEngineError}
 * @throws {UserMismatchError | UserNameTooLongError}
 * @throws {MasterMismatchError}
 */
export async function prepare(
  secrets: SecretStore,
  config: Config,
  secret: SecretDescription,
): Promise<Preparation> {
  const value = await secrets.read(secret.arn, { stage: 'AWSCURRENT' });
  if (value === undefined) {
    throw new SecretNotFoundError(
      `${secret.arn} has no AWSCURRENT value; put one with the application's login first`,
    );
  }
  // Reads are eventually consistent: on a late one a version would be written for the user that applications use.
  if (versionWith('AWSCURRENT', secret) !== value.versionId) {
    throw new SecretStoreUnavailableError(
      `two reads of ${secret.arn} found AWSCURRENT on different versions: one of them was late`,
    );
  }
  const current = parseCredential(value.text, `AWSCURRENT of ${secret.arn}`);
  const standby = standbyUser(current.username, current.engine, config);
  requireStorable(current.username, standby);
  return {
    secrets,
    config,
    secret,
    current,
    currentVersionId: value.versionId,
    standby,
    masterArn: listedMaster(current, config),
  };
}

function requireStorable(...names: string[]): void {
  for (const name of names) {
    const what = unstorable(name);
    if (what === undefined) continue;
    throw new UserMismatchError(
      `user name ${JSON.stringify(name)} holds ${what}, which no server stores: correct the secret's username, APP_USER_1 and APP_USER_2, or USERNAME_SUFFIX`,
    );
  }
}

/**
 * Writes a pending version: the current one with the standby user and a new password. A concurrent duplicate
 * may be faster; then its value is used.
 * @param rotationToken Secrets Manager's proof that its own rotation writes this version
 * @throws {RotationSupersededError} when the id was used up long ago.
 */
export async function writePending(
  preparation: Preparation,
  versionId: string,
  rotationToken?: string,
): Promise<void> {
  const { secrets, config, secret, current, standby } = preparation;
  const password = await secrets.generatePassword(config.passwordLength, config.excludeCharacters);
  const value = withLogin(current, standby, password);
  if (await secrets.writePending(secret.arn, versionId, value, rotationToken)) return;
  if (pendingVersion(await secrets.describe(secret.arn)) !== versionId) throw superseded(secret, versionId);
  await verifyPending(preparation, versionId);
}

/**
 * Requires that a pending version has a value that fits.
 * @throws {PendingVersionEmptyError}
 * @throws {PendingVersionMismatchError | SecretFormatError}
 */
export async function verifyPending(
  { secrets, secret, current, standby }: Preparation,
  versionId: string,
): Promise<void> {
  const value = await secrets.read(secret.arn, { stage: 'AWSPENDING', versionId });
  if (value === undefined) {
    throw new PendingVersionEmptyError(
      `version ${versionId} of ${secret.arn} is AWSPENDING but has no value: a rotation that Secrets Manager started did not get that far. Repeat it with rotate-secret, or take the label away with update-secret-version-stage --version-stage AWSPENDING --remove-from-version-id ${versionId}`,
    );
  }
  requireAgreement(current, parseCredential(value.text, `AWSPENDING of ${secret.arn}`), standby);
}

/** Gives a pending version its value, unless it has one. For the one identity that Secrets Manager lets do it. */
export async function fillPending(
  preparation: Preparation,
  versionId: string,
  rotationToken: string | undefined,
): Promise<void> {
  try {
    await verifyPending(preparation, versionId);
  } catch (error) {
    if (!(error instanceof PendingVersionEmptyError)) throw error;
    await writePending(preparation, versionId, rotationToken);
  }
}

export function superseded(secret: SecretDescription, versionId: string): RotationSupersededError {
  return new RotationSupersededError(
    `version ${versionId} of ${secret.arn} is neither AWSPENDING nor AWSCURRENT: another rotation has moved on, nothing was changed`,
  );
}
