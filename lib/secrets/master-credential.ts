import { MasterSecretNotFoundError, SecretNotFoundError } from '../errors';
import { parseMasterCredential, type MasterCredential } from './credential';
import type { SecretDescription, SecretStore, SecretValue } from './secret-store';
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
      `the master secret ${masterArn} does not exist; check MASTER_SECRET_ARN, its account and Region`,
    );
  }
}

/**
 * Tells from the labels whether the master is rotating: it has a pending version of its own, changed lately.
 * @throws {MasterSecretNotFoundError}
 */
export async function isMasterRotating(secrets: SecretStore, masterArn: string, now: Date): Promise<boolean> {
  const master: SecretDescription = await ofMaster(masterArn, () => secrets.describe(masterArn));
  return pendingVersion(master) !== undefined && isYoung(master.changedAt, now);
}

/**
 * The credentials that may be the master's at this moment, the likelier first, each read only when it is
 * asked for: while the master rotates, both its current and its pending password may be the database's.
 * @param rotating what CreateSecret saw; it decides the order only.
 * @throws {MasterSecretNotFoundError}
 * @throws {SecretFormatError}
 */
export async function* masterCandidates(
  secrets: SecretStore,
  masterArn: string,
  rotating: boolean,
  now: Date,
): AsyncGenerator<MasterCredential> {
  const readPending = () => ofMaster(masterArn, () => secrets.read(masterArn, { stage: 'AWSPENDING' }));
  const parse = (value: SecretValue, stage: string) =>
    parseMasterCredential(value.text, `${stage} of the master secret ${masterArn}`);

  const early = rotating ? await readPending() : undefined;
  const pendingFirst = early !== undefined && isYoung(early.createdAt, now);
  if (pendingFirst) yield parse(early, 'AWSPENDING');

  const current = await ofMaster(masterArn, () => secrets.read(masterArn, { stage: 'AWSCURRENT' }));
  if (current === undefined) {
    throw new MasterSecretNotFoundError(
      `the master secret ${masterArn} does not exist or has no AWSCURRENT value; check MASTER_SECRET_ARN, its account and Region`,
    );
  }
  if (early?.versionId !== current.versionId || !pendingFirst) yield parse(current, 'AWSCURRENT');

  if (pendingFirst) return;
  const pending = early ?? (await readPending());
  if (pending !== undefined && pending.versionId !== current.versionId) yield parse(pending, 'AWSPENDING');
}
