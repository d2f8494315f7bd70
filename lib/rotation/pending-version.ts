import type { Config } from '../config';
import {
  PendingVersionEmptyError,
  RotationSupersededError,
  SecretFormatError,
  SecretNotFoundError,
  SecretStoreLimitError,
  SecretStoreUnavailableError,
  UnsupportedEngineError,
  UserMismatchError,
  type RotationError,
} from '../errors';
import { parseCredential, withLogin, type Credential } from '../secrets/credential';
import type { SecretDescription, SecretStore } from '../secrets/secret-store';
import { pendingVersion, versionWith } from '../secrets/version-stages';
import { disagreement, requireAgreement } from './agreement';
import { listedMaster } from './listed-master';
import { shellWord } from './shell-word';
import { standbyUser } from './standby-user';
import type { ExecutionInput } from './state';
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
  if (value === undefined) throw withoutCurrentValue(secret);
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

/** A label without a value is a read that was late: Secrets Manager moves AWSCURRENT to no version without one. */
function withoutCurrentValue(secret: SecretDescription): RotationError {
  const labelled = versionWith('AWSCURRENT', secret);
  return labelled === undefined
    ? new SecretNotFoundError(
        `${secret.arn} has no AWSCURRENT value; put one with the application's login first`,
      )
    : new SecretStoreUnavailableError(
        `AWSCURRENT of ${secret.arn} is on version ${labelled}, whose value cannot be read (yet)`,
      );
}

/** SecretString takes 65,536 bytes (Secrets Manager API reference, PutSecretValue). */
const LONGEST_VALUE_BYTES = 65_536;

function requireSize(value: string, secretArn: string): void {
  const bytes = Buffer.byteLength(value);
  if (bytes <= LONGEST_VALUE_BYTES) return;
  throw new SecretStoreLimitError(
    `AWSCURRENT of ${secretArn} with the standby user's login has ${bytes} bytes, Secrets Manager takes ${LONGEST_VALUE_BYTES}: move what is not a credential out of the secret`,
  );
}

export interface NewPending {
  versionId: string;
  /** Absent: a new one is made. */
  password?: string | undefined;
  /** Secrets Manager's proof that its own rotation writes this version. */
  rotationToken?: string | undefined;
}

/**
 * Writes a pending version: the current one with the standby user's login. A concurrent duplicate may be faster;
 * then its value is used.
 * @throws {RotationSupersededError} when the id was used up long ago.
 * @throws {SecretStoreLimitError} when the value would be too long.
 */
export async function writePending(
  preparation: Preparation,
  owner: ExecutionInput['owner'],
  { versionId, password, rotationToken }: NewPending,
): Promise<void> {
  const { secrets, config, secret, current, standby } = preparation;
  const given = password ?? (await secrets.generatePassword(config.passwordLength, config.excludeCharacters));
  const value = withLogin(current, standby, given);
  requireSize(value, secret.arn);
  if (await secrets.writePending(secret.arn, versionId, value, rotationToken)) return;
  if (pendingVersion(await secrets.describe(secret.arn)) !== versionId) throw superseded(secret, versionId);
  await verifyPending(preparation, owner, versionId);
}

/**
 * Requires that a pending version has a value that fits.
 * @throws {PendingVersionEmptyError}
 * @throws {PendingVersionMismatchError | SecretFormatError}
 */
export async function verifyPending(
  { secrets, secret, current, standby }: Preparation,
  owner: ExecutionInput['owner'],
  versionId: string,
): Promise<void> {
  const value = await secrets.read(secret.arn, { stage: 'AWSPENDING', versionId });
  if (value === undefined) {
    throw new PendingVersionEmptyError(
      `version ${versionId} of ${secret.arn} is AWSPENDING but has no value: a rotation that Secrets Manager started did not get that far. Repeat it with rotate-secret, or take the label away with update-secret-version-stage --version-stage AWSPENDING --remove-from-version-id ${shellWord(versionId)}`,
    );
  }
  const pending = parseCredential(value.text, `AWSPENDING of ${secret.arn}`);
  requireAgreement(current, pending, standby, { owner, versionId });
}

/** What a version that waits is good for, to a schedule's rotation. */
export interface Waiting {
  /** Why it cannot be finished as it is, in words; undefined when it can. */
  flaw: string | undefined;
  /** Its password, when it names the standby user, which may have it already. */
  password: string | undefined;
}

/** Judges a version that an earlier rotation, or a person, left pending. */
export async function readWaiting(
  { secrets, secret, current, standby }: Preparation,
  versionId: string,
): Promise<Waiting> {
  const value = await secrets.read(secret.arn, { stage: 'AWSPENDING', versionId });
  if (value === undefined) return { flaw: 'it has no value', password: undefined };
  let pending: Credential;
  try {
    pending = parseCredential(value.text, `AWSPENDING of ${secret.arn}`);
  } catch (error) {
    if (!(error instanceof SecretFormatError || error instanceof UnsupportedEngineError)) throw error;
    return { flaw: 'its value is not that of a secret of this service', password: undefined };
  }
  const field = disagreement(current, pending, standby);
  return {
    flaw: field && `${field} differs from what is expected`,
    password: pending.username === standby ? pending.password : undefined,
  };
}

/** Gives a pending version its value, unless it has one. For the one identity that Secrets Manager lets do it. */
export async function fillPending(
  preparation: Preparation,
  versionId: string,
  rotationToken: string | undefined,
): Promise<void> {
  try {
    await verifyPending(preparation, 'secrets-manager', versionId);
  } catch (error) {
    if (!(error instanceof PendingVersionEmptyError)) throw error;
    await writePending(preparation, 'secrets-manager', { versionId, rotationToken });
  }
}

export function superseded(secret: SecretDescription, versionId: string): RotationSupersededError {
  return new RotationSupersededError(
    `version ${versionId} of ${secret.arn} is neither AWSPENDING nor AWSCURRENT: another rotation has moved on, nothing was changed`,
  );
}
