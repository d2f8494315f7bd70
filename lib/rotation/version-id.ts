import { v5 } from 'uuid';

/** This project's namespace for name-based UUIDs (RFC 9562, section 5.5). Never change it: ids would differ after an upgrade. */
export const NAMESPACE = '6f0ab1d4-5c5b-4a52-9a64-0f2b6a2a7c11';

/**
 * The version id of a rotation that a schedule or a person started. Two deliveries of one scheduled time
 * share a version, and so does a redrive with its execution, because what the id is made of stays the same.
 */
export function deriveVersionId(
  secretArn: string,
  executionArn: string,
  scheduledTime: string | undefined,
): string {
  return v5(scheduledTime === undefined ? executionArn : `${secretArn} ${scheduledTime}`, NAMESPACE);
}

/**
 * The id of the version that takes the place of a pending one whose document does not fit the current one. A
 * version is written once, so it cannot have the same id; a repetition finds it by the same two ids.
 */
export function successorOf(versionId: string, currentVersionId: string): string {
  return v5(JSON.stringify([versionId, currentVersionId]), NAMESPACE);
}
