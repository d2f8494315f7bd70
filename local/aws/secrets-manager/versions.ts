import type { SecretValue } from './value';

export const CURRENT = 'AWSCURRENT';
export const PENDING = 'AWSPENDING';
const PREVIOUS = 'AWSPREVIOUS';

/** One version of a secret. Its id is the ClientRequestToken of the call that made it. */
export interface Version {
  readonly versionId: string;
  /** Absent while a rotation has announced the version but nobody has written its value yet. */
  readonly value?: SecretValue;
  /** The access key id of who wrote the value; a rotation fails on a value that its function did not write. */
  readonly author?: string | undefined;
  /** A version without any label is deprecated: readable by its id, listed only on request. */
  readonly stages: readonly string[];
  readonly createdDate: Date;
  readonly lastAccessedDate?: Date;
}

/**
 * All versions of one secret by id, oldest first. Never changed in place: a function below returns the whole
 * next state, so an operation that throws half-way leaves the secret as it was.
 *
 * Invariant: a label is attached to at most one version.
 */
export type Versions = ReadonlyMap<string, Version>;

/** The version that bears the label. */
export function holderOf(versions: Versions, stage: string): Version | undefined {
  return [...versions.values()].find((version) => version.stages.includes(stage));
}

/** Adds the version, or replaces the one with its id. Labels of other versions are left alone. */
export function withVersion(versions: Versions, version: Version): Versions {
  return new Map(versions).set(version.versionId, version);
}

/** Takes the version away, with its labels. */
export function withoutVersion(versions: Versions, versionId: string): Versions {
  return new Map([...versions].filter(([id]) => id !== versionId));
}

/**
 * Attaches the label to one version and takes it off any other. AWS: "Whenever you move AWSCURRENT, Secrets
 * Manager automatically moves the label AWSPREVIOUS to the version that AWSCURRENT was removed from."
 */
export function moveStage(versions: Versions, stage: string, versionId: string): Versions {
  const holder = holderOf(versions, stage);
  if (holder?.versionId === versionId) return versions;
  const moved = relabel(versions, stage, versionId);
  return stage === CURRENT && holder !== undefined ? relabel(moved, PREVIOUS, holder.versionId) : moved;
}

/** Takes the label off whichever version bears it. */
export function removeStage(versions: Versions, stage: string): Versions {
  return relabel(versions, stage, undefined);
}

function relabel(versions: Versions, stage: string, holderId: string | undefined): Versions {
  const relabelled = [...versions.values()].map((version): [string, Version] => {
    const others = version.stages.filter((label) => label !== stage);
    const stages = version.versionId === holderId ? [...others, stage] : others;
    return [version.versionId, { ...version, stages }];
  });
  return new Map(relabelled);
}
