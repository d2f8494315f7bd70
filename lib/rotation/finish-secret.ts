import { SecretStoreUnavailableError } from '../errors';
import type { SecretStore } from '../secrets/secret-store';
import { judgeStanding } from './fence';
import { SCHEMA_VERSION, type FinishSecretResult, type RotationState } from './state';

/**
 * Moves AWSCURRENT to the pending version, if nobody else moved it. AWSPENDING stays on that version, which
 * Secrets Manager counts as finished. Safe to repeat: the move is a compare-and-swap on the version that was
 * current when the rotation started, and a version that is current already is left alone.
 */
export async function finishSecret(
  state: RotationState,
  { secrets }: { secrets: SecretStore },
): Promise<FinishSecretResult> {
  const { secretArn, currentVersionId, versionId } = state;
  const result = { schemaVersion: SCHEMA_VERSION, versionId } as const;

  if (judgeStanding(state, await secrets.describe(secretArn)) === 'promoted')
    return { ...result, promoted: false };
  if (await secrets.promote(secretArn, currentVersionId, versionId)) return { ...result, promoted: true };

  // Refused, or carried out with the answer lost: only the labels can tell.
  if (judgeStanding(state, await secrets.describe(secretArn)) === 'promoted')
    return { ...result, promoted: true };
  throw new SecretStoreUnavailableError(
    `moving AWSCURRENT of ${secretArn} to ${versionId} was not carried out`,
  );
}
