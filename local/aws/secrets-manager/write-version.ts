import type { OperationContext } from './operations/operation';
import type { Secret } from './secret';
import type { SecretValue } from './value';
import {
  CURRENT,
  moveStage,
  PENDING,
  removeStage,
  type Version,
  type Versions,
  withVersion,
} from './versions';

interface WrittenVersion {
  readonly versionId: string;
  readonly value: SecretValue;
  readonly author: string | undefined;
  /** Labels that move to the version. */
  readonly stages: readonly string[];
}

/** Saves a version with its value, a new one or one that was announced without value, and moves the labels. */
export function writeVersion(
  { store, now, rotations }: OperationContext,
  secret: Secret,
  { versionId, value, author, stages }: WrittenVersion,
): Version {
  const announced = secret.versions.get(versionId);
  const written: Version = {
    versionId,
    value,
    author,
    stages: announced?.stages ?? [],
    createdDate: announced?.createdDate ?? now(),
  };
  const versions = stages.reduce<Versions>(
    (labelled, stage) => moveStage(labelled, stage, versionId),
    withVersion(secret.versions, written),
  );
  const abandoned = stages.includes(CURRENT) && secret.rotating !== versionId ? secret.rotating : undefined;
  if (abandoned === undefined) store.save({ ...secret, versions, lastChangedDate: now() });
  else {
    // AWS, RotationAbandoned: a new version written by hand gives up the rotation under way, and its label goes.
    const unlabelled = removeStage(versions, PENDING);
    store.save({ ...secret, versions: unlabelled, rotating: undefined, lastChangedDate: now() });
    rotations.announce('RotationAbandoned', secret.arn, abandoned);
  }
  return store.find(secret.arn).versions.get(versionId) ?? written;
}
