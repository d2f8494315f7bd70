import {
  MasterSecretNotFoundError,
  SecretFormatError,
  SecretMarkedForDeletionError,
  SecretNotFoundError,
} from '../errors';
import { parseMasterCredential, type MasterCredential } from './credential';
import { suffixHint } from './secret-arn';
import type { SecretDescription, SecretStore } from './secret-store';
import { pendingVersion } from './version-stages';

/**
 * How long a pending master version is taken for a rotation under way. A master's rotation takes about a
 * minute; an AWSPENDING older than this was orphaned and must cost neither a wait nor a failed login.
 */
const YOUNG_MS = 15 * 60 * 1000;

function isYoung(date: Date | undefined, now: Date): boolean {
  return date !== undefined && now.getTime() - date.getTime() < YOUNG_MS;
}

async function ofMaster<Answer>(masterArn: string, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof SecretNotFoundError)) throw error;
    throw new MasterSecretNotFoundError(
      `the master secret ${masterArn} does not exist${suffixHint(masterArn)}; check MASTER_SECRET_ARN, its account and Region`,
    );
  }
}

/**
 * Tells from the labels whether the master is rotating: it has a pending version of its own, changed lately.
 * @throws {MasterSecretNotFoundError}
 * @throws {SecretMarkedForDeletionError} because such a secret can be described and not read.
 */
export async function isMasterRotating(secrets: SecretStore, masterArn: string, now: Date): Promise<boolean> {
  const master: SecretDescription = await ofMaster(masterArn, () => secrets.describe(masterArn));
  if (master.deletedAt !== undefined) {
    throw new SecretMarkedForDeletionError(
      `the master secret ${masterArn} is scheduled for deletion; restore-secret brings it back`,
    );
  }
  return pendingVersion(master) !== undefined && isYoung(master.changedAt, now);
}

/**
 * The credentials that may be the master's at this moment, the likelier first, each read only when it is
 * asked for: while the master rotates, both its current and its pending password may be the database's.
 * @param rotating what CreateSecret saw; it decides the order only.
 * A version that is malformed is passed over, for another may log in; who asks for more than there are hears of it.
 * @throws {MasterSecretNotFoundError}
 * @throws {SecretFormatError} in place of the end, when a version was malformed.
 */
export async function* masterCandidates(
  secrets: SecretStore,
  masterArn: string,
  rotating: boolean,
  now: Date,
): AsyncGenerator<MasterCredential> {
  let malformed: SecretFormatError | undefined;
  for await (const { text, stage } of masterVersions(secrets, masterArn, rotating, now)) {
    let credential: MasterCredential;
    try {
      credential = parseMasterCredential(text, `${stage} of the master secret ${masterArn}`);
    } catch (error) {
      if (!(error instanceof SecretFormatError)) throw error;
      malformed ??= error;
      continue;
    }
    yield credential;
  }
  if (malformed !== undefined) throw malformed;
}

async function* masterVersions(
  secrets: SecretStore,
  masterArn: string,
  rotating: boolean,
  now: Date,
): AsyncGenerator<{ text: string | undefined; stage: string }> {
  const readPending = () => ofMaster(masterArn, () => secrets.read(masterArn, { stage: 'AWSPENDING' }));
  const early = rotating ? await readPending() : undefined;
  const pendingFirst = early !== undefined && isYoung(early.createdAt, now);
  if (pendingFirst) yield { text: early.text, stage: 'AWSPENDING' };

  const current = await ofMaster(masterArn, () => secrets.read(masterArn, { stage: 'AWSCURRENT' }));
  if (current === undefined) {
    throw new MasterSecretNotFoundError(
      `the master secret ${masterArn} does not exist, has no AWSCURRENT value, or is scheduled for deletion; check MASTER_SECRET_ARN, its account and Region`,
    );
  }
  if (early?.versionId !== current.versionId || !pendingFirst)
    yield { text: current.text, stage: 'AWSCURRENT' };

  if (pendingFirst) return;
  const pending = early ?? (await readPending());
  if (pending !== undefined && pending.versionId !== current.versionId) {
    yield { text: pending.text, stage: 'AWSPENDING' };
  }
}
