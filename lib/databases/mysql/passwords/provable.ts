import { UnsupportedAccountError } from '../../../errors';
import type { StoredUser } from '../accounts/account';
import { roundsOf } from './password-hash';

/**
 * Rounds of SHA-256 that fit into a session's lease of 30 s, while the session says nothing. Measured: 0.33 s of CPU
 * for a million with a password of 32 characters, 0.55 s with one of 256, the longest; a Lambda of 512 MB has 0.29 of
 * a CPU, which makes 14 s and 24 s of these. 24 accounts of 500,000 rounds each fit.
 */
const MOST_ROUNDS = 12_285_000;

/**
 * Requires that the passwords of a pair can be proved before the server ends the session. A hash that several accounts
 * share is computed once.
 * @throws {UnsupportedAccountError} naming the rounds and what to do, before anything is changed.
 */
export function requireProvable(...users: StoredUser[]): void {
  const hashes = new Map(
    users.flatMap(({ accounts }) =>
      [...accounts.values()].map(({ plugin, authentication }) => [
        authentication,
        roundsOf(plugin, authentication),
      ]),
    ),
  );
  const rounds = [...hashes.values()].reduce((sum, more) => sum + more, 0);
  if (rounds <= MOST_ROUNDS) return;
  throw new UnsupportedAccountError(
    `proving the passwords of ${users.map(({ username }) => username).join(' and ')} takes ${rounds} rounds of SHA-256 for ${hashes.size} different hashes, and ${MOST_ROUNDS} fit into a session's lease: give all accounts of a user one hash (ALTER USER ... IDENTIFIED WITH caching_sha2_password AS ...), or lower caching_sha2_password_digest_rounds and set their passwords again`,
  );
}
