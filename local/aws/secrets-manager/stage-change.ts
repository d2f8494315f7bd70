import { invalidParameter, notFound } from './errors';
import { CURRENT, holderOf, moveStage, removeStage, type Versions } from './versions';

/** What UpdateSecretVersionStage is asked to do with one label. */
interface StageChange {
  stage: string;
  moveTo?: string | undefined;
  removeFrom?: string | undefined;
}

/**
 * Moves or removes one label as a compare-and-swap: `removeFrom` says where the caller believes the label to
 * be, and a wrong belief changes nothing. AWS: "If the label is attached and you either do not specify this
 * parameter, or the version ID does not match, then the operation fails."
 */
export function changeStage(versions: Versions, { stage, moveTo, removeFrom }: StageChange): Versions {
  const holder = holderOf(versions, stage)?.versionId;
  if (moveTo !== undefined && !versions.has(moveTo)) {
    throw notFound(`Secrets Manager can't find the specified secret version: ${moveTo}.`);
  }
  if (removeFrom !== undefined && removeFrom !== holder) {
    throw invalidParameter(`Staging label ${stage} is not currently attached to version ${removeFrom}.`);
  }
  if (moveTo === undefined) {
    if (removeFrom === undefined) {
      throw invalidParameter('You must specify MoveToVersionId, RemoveFromVersionId or both.');
    }
    if (stage === CURRENT) {
      throw invalidParameter(
        `You can only move staging label ${CURRENT} to a different secret version. It can't be completely removed.`,
      );
    }
    return removeStage(versions, stage);
  }
  if (holder !== undefined && holder !== moveTo && removeFrom === undefined) {
    throw invalidParameter(
      `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to ` +
        `version ${holder}, so you must explicitly reference that version in RemoveFromVersionId.`,
    );
  }
  return moveStage(versions, stage, moveTo);
}
