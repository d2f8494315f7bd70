import type { SecretDescription, Stage } from './secret-store';

/** The version that carries a staging label, if any does. */
export function versionWith(stage: Stage, { stages }: SecretDescription): string | undefined {
  return Object.keys(stages).find((versionId) => stages[versionId]?.includes(stage));
}

/**
 * The version that waits to be promoted. AWSPENDING on the AWSCURRENT version is a finished rotation, not a
 * waiting one.
 */
export function pendingVersion(description: SecretDescription): string | undefined {
  const pending = versionWith('AWSPENDING', description);
  return pending === versionWith('AWSCURRENT', description) ? undefined : pending;
}

/**
 * The version that a schedule's rotation may take up. Not one that is AWSPREVIOUS: it was promoted, and then
 * somebody moved AWSCURRENT on, with a corrected value, or back, away from a password that must not return.
 */
export function adoptableVersion(description: SecretDescription): string | undefined {
  const pending = pendingVersion(description);
  return pending === versionWith('AWSPREVIOUS', description) ? undefined : pending;
}
