import { ProofExpiredError, SecretStoreUnavailableError } from '../errors';
import type { SecretStore } from '../secrets/secret-store';
import { judgeStanding } from './fence';
import { setAgainOr } from './set-again';
import { SCHEMA_VERSION, type FinishSecretInput, type FinishSecretResult } from './state';

export interface FinishSecretPorts {
  secrets: SecretStore;
  now: () => Date;
}

/**
 * How long TestSecret's proof counts. All retries of this state together take less; a redrive days later does
 * not, and by then the database may have been restored or the password changed by hand.
 */
const PROOF_LASTS_MS = 30 * 60 * 1000;

/**
 * Moves AWSCURRENT to the pending version, if nobody else moved it. AWSPENDING stays on that version, which
 * Secrets Manager counts as finished. Safe to repeat: the move is a compare-and-swap on the version that was
 * current when the rotation started, and a version that is current already is left alone.
 * @throws {SetAgainRequiredError} when the proof is old: SetSecret and TestSecret give a fresh one.
 */
export async function finishSecret(
  { state, redriveCount }: FinishSecretInput,
  { secrets, now }: FinishSecretPorts,
): Promise<FinishSecretResult> {
  const { secretArn, currentVersionId, versionId } = state;
  const result = { schemaVersion: SCHEMA_VERSION, versionId } as const;

  if (judgeStanding(state, await secrets.describe(secretArn)) === 'promoted') {
    return { ...result, promoted: false };
  }
  const age = now().getTime() - Date.parse(state.testSecret.testedAt);
  if (age > PROOF_LASTS_MS) {
    const minutes = Math.round(age / 60_000);
    const expired = new ProofExpiredError(
      `the pending login of ${secretArn} was proved ${minutes} minutes ago`,
    );
    throw setAgainOr(redriveCount, state.setAgain, expired);
  }
  if (await secrets.promote(secretArn, currentVersionId, versionId)) return { ...result, promoted: true };

  // Refused, or carried out with the answer lost: only the labels can tell.
  if (judgeStanding(state, await secrets.describe(secretArn)) === 'promoted') {
    return { ...result, promoted: true };
  }
  throw new SecretStoreUnavailableError(
    `moving AWSCURRENT of ${secretArn} to ${versionId} was not carried out`,
  );
}
