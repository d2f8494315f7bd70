import { createHash, randomBytes } from 'node:crypto';
import { RotationSupersededError } from '../../errors';
import type { Marker, StandbyOrder, StandbyReport } from '../engine';
import { markerClause, sameMarker } from './marker';
import { requireEffectiveParity, requireStoredParity } from './parity';
import { hashPassword, isHashOf } from './password-hash';
import { quoteAccount, quoteText } from './quote';
import { reconcile } from './reconcile';
import { difference } from './rights';
import type { Server } from './server';
import type { Session } from './session';
import { readMarkerOf, readUser, type StoredUser } from './stored-user';
import { targetsOf, type Targets } from './targets';

/** A pair as it was read, with the session that holds its lock. */
export interface PairOnServer {
  session: Session;
  server: Server;
  current: StoredUser;
  standby: StoredUser;
  marker: Marker | undefined;
}

/** Password hash and state of every account are as the last statement leaves them. */
function isUnlockedWith(standby: StoredUser, targets: Targets, password: string): boolean {
  return [...targets].every(([host, { plugin, rights }]) => {
    const account = standby.accounts.get(host);
    if (account === undefined) return false;
    const { missing, extra } = difference(rights, account.rights);
    const { row } = account;
    return (
      missing.length + extra.length === 0 &&
      !row.locked &&
      !row.passwordExpired &&
      row.plugin === plugin &&
      isHashOf(plugin, row.authentication, password)
    );
  });
}

/** `user`@`host` with a password's hash, as CREATE USER and ALTER USER take them; several make one atomic statement. */
function identified({ standby, server }: PairOnServer, targets: Targets, password: string): string {
  return [...targets]
    .map(([host, { plugin }]) => {
      const stored = quoteText(hashPassword(plugin, password, server.digestRounds));
      return `${quoteAccount(standby.username, host)} IDENTIFIED WITH ${plugin} AS ${stored}`;
    })
    .join(', ');
}

/** Locked, with a password that nobody knows: whatever happens before the last statement, nobody gets in. */
async function createAbsent(pair: PairOnServer, targets: Targets, order: StandbyOrder): Promise<StoredUser> {
  const absent = new Map([...targets].filter(([host]) => !pair.standby.accounts.has(host)));
  if (absent.size === 0) return pair.standby;
  const unknown = randomBytes(32).toString('base64');
  // An initial setup is marked from its first statement: its own retry finds a standby without a current user.
  const marker = order.marker.initialSetup ? ` ${markerClause(order.marker, undefined)}` : '';
  await pair.session.run(
    'creating the standby user',
    `CREATE USER ${identified(pair, absent, unknown)} ACCOUNT LOCK${marker}`,
  );
  return readUser(pair.session, pair.standby.username);
}

/** A retained old password would go on logging in beside the new one. */
async function discardSecondPasswords({ session }: PairOnServer, standby: StoredUser): Promise<void> {
  for (const [host, { row }] of standby.accounts) {
    if (!row.hasSecondPassword) continue;
    await session.run(
      'discarding the old password',
      `ALTER USER ${quoteAccount(standby.username, host)} DISCARD OLD PASSWORD`,
    );
  }
}

/**
 * The fence in the database, strongly consistent where the secret's labels are not: whoever set this standby
 * since it was read has left another marker.
 */
async function requireSameMarker(
  { session, standby, marker }: PairOnServer,
  order: StandbyOrder,
): Promise<void> {
  const now = await readMarkerOf(session, standby.username);
  if (sameMarker(now, marker) || sameMarker(now, order.marker)) return;
  throw new RotationSupersededError(
    `${standby.username} was set by the rotation to version ${now?.versionId ?? '(none)'} meanwhile; its password was not changed`,
  );
}

const combined = (digests: Record<string, string>): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(digests).sort()))
    .digest('hex');

/**
 * Builds dark, proves parity, gives the password last. A crash between any two statements leaves the standby
 * locked, or as it was, or with other rights and its old password; the next run carries on from there.
 */
export async function buildStandby(pair: PairOnServer, order: StandbyOrder): Promise<StandbyReport> {
  const { session } = pair;
  const targets = targetsOf(pair.current, order);
  const hosts = [...targets.keys()];
  const currentName = order.rights.from === 'current' ? pair.current.username : undefined;
  const prove = () => requireEffectiveParity(session, pair.standby.username, hosts, currentName);

  if (sameMarker(pair.marker, order.marker) && isUnlockedWith(pair.standby, targets, order.password)) {
    return { changed: false, granted: 0, revoked: 0, rightsDigests: await prove() };
  }

  const created = await createAbsent(pair, targets, order);
  const { standby, granted, revoked } = await reconcile(session, created, targets);
  requireStoredParity(standby, new Map([...targets].map(([host, { rights }]) => [host, rights])));
  const rightsDigests = await prove();
  await discardSecondPasswords(pair, standby);
  await requireSameMarker(pair, order);
  await session.run(
    'setting the password of the standby user',
    `ALTER USER ${identified(pair, targets, order.password)} ACCOUNT UNLOCK ${markerClause(order.marker, combined(rightsDigests))}`,
  );
  return { changed: true, granted, revoked, rightsDigests };
}
