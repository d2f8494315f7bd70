import type { SecretDescription, Stage } from './secret-store';

/** The version that carries a staging label, if any does. */
export function versionWith(stage: Stage, { stages }: SecretDescription): string | undefined {
  return Object.keys(stages).find((versionId) => stages[versionId]?.includes(stage));
}

/**
 * Whether a version was promoted once and is not current any more. When AWSCURRENT is back where it was before,
 * a person withdrew the version, and its password must not return.
 */
export function isWithdrawn(versionId: string, description: SecretDescription): boolean {
  return (
    versionWith('AWSPREVIOUS', description) === versionId &&
    versionWith('AWSCURRENT', description) !== versionId
  );
}

/**
 * The version that waits to be promoted. AWSPENDING on the AWSCURRENT version is a finished rotation, and on the
 * AWSPREVIOUS version one that was withdrawn, or followed by a corrected value.
 */
export function pendingVersion(description: SecretDescription): string | undefined {
  const pending = versionWith('AWSPENDING', description);
  if (pending === undefined || pending === versionWith('AWSCURRENT', description)) return undefined;
  return isWithdrawn(pending, description) ? undefined : pending;
}
