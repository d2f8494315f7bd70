import type { Pair } from '../databases/engine';
import { UnsupportedAccountError } from '../errors';

/** Half of what a state may hold: 256 KiB (Step Functions quotas, "Maximum input or output size"). */
const DIGESTS_BYTES = 131_072;
/** A SHA-256 in hexadecimal digits, with JSON's signs around it. */
const DIGEST_BYTES = 68;

/**
 * Requires that the proof of rights, one digest for each host, fits into the state that TestSecret is given.
 * @throws {UnsupportedAccountError} before anything is changed.
 */
export function requireFewAccounts({ current, standby }: Pair): void {
  for (const { username, accounts } of [current, standby]) {
    const bytes = accounts.reduce(
      (sum, { host }) => sum + Buffer.byteLength(JSON.stringify(host)) + DIGEST_BYTES,
      0,
    );
    if (bytes <= DIGESTS_BYTES) continue;
    throw new UnsupportedAccountError(
      `${username} has ${accounts.length} accounts, at different hosts: the proof of their rights takes ${bytes} bytes, ${DIGESTS_BYTES} is the most that the state machine passes on. Use host patterns, such as '10.0.%', instead of single hosts`,
    );
  }
}
