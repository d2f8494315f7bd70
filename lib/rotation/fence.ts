import { RotationSupersededError, SecretStoreUnavailableError, type RotationError } from '../errors';
import { parseCredential, type Credential } from '../secrets/credential';
import type { SecretDescription, SecretStore } from '../secrets/secret-store';
import { isWithdrawn, pendingVersion, versionWith } from '../secrets/version-stages';
import type { RotationState } from './state';

/** How a rotation stands, judged by the secret's labels: still ours to carry on, or finished already. */
export type Standing = 'open' | 'promoted';

/**
 * Judges the labels: AWSCURRENT must still be where the rotation found it, AWSPENDING on its own version,
 * and a rotation that Secrets Manager drives must not have been cancelled.
 * @throws {RotationSupersededError} when the world has moved on; the caller has changed nothing.
 * @throws {SecretStoreUnavailableError} when the labels are from before the rotation began.
 */
export function judgeStanding(state: RotationState, secret: SecretDescription): Standing {
  const current = versionWith('AWSCURRENT', secret);
  if (current === state.versionId) return 'promoted';
  if (current !== state.currentVersionId) {
    throw overtaken(
      state,
      secret,
      `AWSCURRENT is on ${current ?? 'no version'}, not on ${state.currentVersionId}`,
    );
  }
  if (isWithdrawn(state.versionId, secret)) {
    throw superseded(state, 'it was promoted, and then withdrawn: AWSCURRENT was moved back');
  }
  if (pendingVersion(secret) !== state.versionId) {
    throw overtaken(state, secret, 'AWSPENDING is not on it any more');
  }
  if (state.owner === 'secrets-manager' && !secret.rotationEnabled) {
    throw superseded(state, 'the rotation was cancelled');
  }
  return 'open';
}

/**
 * Reads are eventually consistent. Labels that were changed last when CreateSecret had not written yet, or before
 * that, cannot know of the pending version, and say nothing about who moved on.
 */
function overtaken(state: RotationState, { changedAt }: SecretDescription, reason: string): RotationError {
  const isLate =
    state.changedAt !== undefined && changedAt !== undefined && changedAt <= new Date(state.changedAt);
  return isLate
    ? new SecretStoreUnavailableError(
        `the labels of ${state.secretArn} were read as they were before this rotation: the read was late`,
      )
    : superseded(state, reason);
}

/** The two credentials of an open rotation, or none when it is finished. */
export type FencedCredentials =
  { standing: 'open'; current: Credential; pending: Credential } | { standing: 'promoted' };

/**
 * Reads both versions by id **and** label, so that having them proves the labels and saves a DescribeSecret;
 * only when one is not to be had is the secret described, to tell why.
 * @throws {RotationSupersededError}
 * @throws {SecretStoreUnavailableError} when the labels are right and the value is not visible yet: reads of
 *   Secrets Manager are eventually consistent.
 */
export async function readFenced(state: RotationState, secrets: SecretStore): Promise<FencedCredentials> {
  const { secretArn, currentVersionId, versionId } = state;
  const [current, pending] = await Promise.all([
    secrets.read(secretArn, { stage: 'AWSCURRENT', versionId: currentVersionId }),
    secrets.read(secretArn, { stage: 'AWSPENDING', versionId }),
  ]);
  const seen = current !== undefined && pending !== undefined;
  if (!seen || state.owner === 'secrets-manager') {
    if (judgeStanding(state, await secrets.describe(secretArn)) === 'promoted')
      return { standing: 'promoted' };
  }
  if (!seen) throw notVisible(secretArn);
  return {
    standing: 'open',
    current: parseCredential(current.text, `AWSCURRENT of ${secretArn}`),
    pending: parseCredential(pending.text, `AWSPENDING of ${secretArn}`),
  };
}

/** What TestSecret needs: the credential that must log in, and what it must be equal to, if it is not current yet. */
export type CredentialsToTest =
  | { standing: 'open'; pending: Credential; current: Credential }
  | { standing: 'promoted'; pending: Credential; current: undefined };

/** Reads both versions as `readFenced` does, and of a rotation that is finished the version that was promoted. */
export async function readToTest(state: RotationState, secrets: SecretStore): Promise<CredentialsToTest> {
  const fenced = await readFenced(state, secrets);
  if (fenced.standing === 'open') return fenced;
  const { secretArn, versionId } = state;
  const promoted = await secrets.read(secretArn, { stage: 'AWSCURRENT', versionId });
  if (promoted === undefined) throw notVisible(secretArn);
  const pending = parseCredential(promoted.text, `AWSCURRENT of ${secretArn}`);
  return { standing: 'promoted', pending, current: undefined };
}

function notVisible(secretArn: string): SecretStoreUnavailableError {
  return new SecretStoreUnavailableError(
    `a version of ${secretArn} is labelled but has no visible value yet`,
  );
}

export function superseded(state: RotationState, reason: string): RotationSupersededError {
  return new RotationSupersededError(
    `the rotation to version ${state.versionId} of ${state.secretArn} is over: ${reason}; this step changed nothing`,
  );
}
