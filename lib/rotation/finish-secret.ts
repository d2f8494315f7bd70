import { ProofOutdatedError, SecretStoreUnavailableError } from '../errors';
import type { SecretStore } from '../secrets/secret-store';
import { judgeStanding } from './fence';
import { SCHEMA_VERSION, type FinishSecretInput, type FinishSecretResult } from './state';

/**
 * Moves AWSCURRENT to the pending version, if nobody else moved it. AWSPENDING stays on that version, which
 * Secrets Manager counts as finished. Safe to repeat: the move is a compare-and-swap on the version that was
 * current when the rotation started, and a version that is current already is left alone.
 * @throws {ProofOutdatedError} in a redrive: by then the database may have been restored, or the password
 *   changed by hand, so the proof of another run does not count.
 */
export async function finishSecret(
  { state, redriveCount }: FinishSecretInput,
  { secrets }: { secrets: SecretStore },
): Promise<FinishSecretResult> {
  const { secretArn, currentVersionId, versionId } = state;
  const result = { schemaVersion: SCHEMA_VERSION, versionId } as const;

  if (judgeStanding(state, await secrets.describe(secretArn)) === 'promoted') {
    return { ...result, promoted: false };
  }
  if (state.testSecret.redriveCount !== redriveCount) {
    throw new ProofOutdatedError(
      `the pending login of ${secretArn} was proved before this redrive: SetSecret and TestSecret are run once more`,
    );
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
