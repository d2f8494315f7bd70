import { createHash } from 'node:crypto';
import { DatabaseBusyError } from '../../../errors';
import type { PairNames } from '../../engine';
import type { Session } from './session';

/** Long enough for a rotation that is about to end, short against the step's own timeout. */
const LOCK_WAIT_SECONDS = 5;

/** The same name whichever of the two is current; at most 64 characters (Reference Manual, GET_LOCK). */
function lockName({ current, standby }: PairNames): string {
  const pair = JSON.stringify([current, standby].sort());
  return `stepwise-rotation:${createHash('sha256').update(pair).digest('hex').slice(0, 40)}`;
}

/**
 * Takes the lock on a pair of users for as long as the session lives. Locks are the server's own, so this
 * holds between everything that writes to the same writer.
 * @throws {DatabaseBusyError} when another session holds it.
 */
export async function lockPair(session: Session, users: PairNames): Promise<void> {
  const [row] = await session.rows<{ held: number | string | null }>(
    'locking the pair of users',
    `SELECT GET_LOCK(?, ${LOCK_WAIT_SECONDS}) AS held`,
    [lockName(users)],
  );
  if (Number(row?.held) === 1) return;
  throw new DatabaseBusyError(
    `another rotation is at work on ${users.current} and ${users.standby}: it holds their lock`,
  );
}
