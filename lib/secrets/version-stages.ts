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
