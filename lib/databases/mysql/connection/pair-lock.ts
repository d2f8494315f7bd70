import { createHash } from 'node:crypto';
import { DatabaseBusyError } from '../../../errors';
import type { Flavour } from '../accounts/flavour';
import type { PairNames } from '../../engine';
import type { Session } from './session';

/** Long enough for a rotation that is about to end, short against the step's own timeout. */
const LOCK_WAIT_SECONDS = 5;

/** The same for a pair whichever of the two is current. */
function pairDigest({ current, standby }: PairNames): string {
  return createHash('sha256')
    .update(JSON.stringify([current, standby].sort()))
    .digest('hex');
}

/**
 * Any user may take any lock by its name, so the name must not be computable: it is a SHA-256 over the pair and
 * the stored hashes of all accounts that may change accounts, which the server computes and only a reader of the
 * grant tables could repeat. Not the master's own hash alone: two masters must exclude one another. Not the pair's
 * hashes: they change while the lock is held. 128 bits of an order-free sum stand for the hashes, and the name
 * has 58 of the 64 characters that are allowed (Reference Manual, GET_LOCK). docs/adr/0012-the-lock.md.
 */
function takeLock(administratorsQuery: string): string {
  const half = (start: number) =>
    `COALESCE(BIT_XOR(CAST(CONV(SUBSTRING(SHA2(CONCAT_WS('@', user, host, authentication), 256), ${start}, 16), 16, 10) AS UNSIGNED)), 0)`;
  const known = `SELECT CONCAT(${half(1)}, '-', ${half(17)}) FROM (${administratorsQuery}) AS administrator WHERE user NOT IN (?, ?)`;
  const name = `CONCAT('stepwise-rotation:', LEFT(SHA2(CONCAT(?, (${known})), 256), 40))`;
  return `SELECT name, GET_LOCK(name, ${LOCK_WAIT_SECONDS}) AS held FROM (SELECT ${name} AS name) AS pair`;
}

/**
 * Takes the lock on a pair of users for as long as the session lives. Locks are the server's own, so this
 * holds between everything that writes to the same writer.
 * @throws {DatabaseBusyError} when another session holds it, saying which.
 * @throws {MasterPrivilegeError} when the master may not read accounts.
 */
export async function lockPair(
  session: Session,
  users: PairNames,
  { administratorsQuery }: Pick<Flavour, 'administratorsQuery'>,
): Promise<void> {
  const { current, standby } = users;
  const [row] = await session.rows<{ name: string; held: number | string | null }>(
    'locking the pair of users',
    takeLock(administratorsQuery),
    [pairDigest(users), current, standby],
  );
  if (Number(row?.held) === 1) return;
  throw new DatabaseBusyError(await describeHolder(session, users, row?.name ?? ''));
}

/** Who holds a lock, as far as the master may see it. */
async function describeHolder(session: Session, users: PairNames, name: string): Promise<string> {
  const pair = `${users.current} and ${users.standby}`;
  const [lock] = await session.rows<{ id: number | string | null; own: string }>(
    'asking who holds the lock',
    "SELECT IS_USED_LOCK(?) AS id, SUBSTRING_INDEX(USER(), '@', 1) AS own",
    [name],
  );
  const id = lock?.id ?? undefined;
  if (id === undefined) return `another rotation was at work on ${pair} until now: it held their lock`;
  // Without PROCESS the master sees the sessions of its own user only.
  const sessions = await session.rows<{ Id: number | string; User: string; Host: string }>(
    'looking for the holder of the lock',
    'SHOW PROCESSLIST',
  );
  const holder = sessions.find((one) => String(one.Id) === String(id));
  if (holder === undefined) {
    return `session ${id} holds the lock on ${pair}, of a user whose sessions the master may not see: a rotation with another master, or none; an administrator finds it in SHOW PROCESSLIST and can end it with KILL ${id}`;
  }
  if (holder.User === lock?.own) {
    return `another rotation is at work on ${pair}: it holds their lock in session ${id}, from ${holder.Host}`;
  }
  return `session ${id} of ${holder.User} from ${holder.Host} holds the lock on ${pair}: a rotation with another master, or none; an administrator can end it with KILL ${id}`;
}
