import { createHash } from 'node:crypto';
import { quoteAccount } from '../connection/quote';
import { foldedRights, type Rights } from './rights';
import type { Server } from '../connection/server';
import type { Session } from '../connection/session';
import { parseGrants } from './show-grants';

/**
 * Rights as the running server applies them, from its memory; the grant tables are what is on disk. The two
 * have been seen to differ, so parity is proved on both. A user may always ask for its own, which makes what
 * the pending user sees comparable with what the master saw.
 */
export async function readEffectiveRights(
  session: Session,
  { username, host }: { username: string; host: string },
  product: Server['product'],
): Promise<Rights> {
  const rows = await session.rows<Record<string, string>>(
    'reading the rights in force',
    `SHOW GRANTS FOR ${quoteAccount(username, host)}`,
  );
  const rights = parseGrants(
    rows.flatMap((row) => Object.values(row)),
    { username, host },
  );
  return product === 'MySQL' ? rights : withGlobalOption(session, { username, host }, rights);
}

/**
 * MariaDB's row on *.* ends in certificates' names, unescaped, so whether it really says WITH GRANT OPTION is
 * asked elsewhere.
 */
async function withGlobalOption(
  session: Session,
  { username, host }: { username: string; host: string },
  rights: Rights,
): Promise<Rights> {
  const rows = await session.rows<{ grantable: string }>(
    'reading the global grant option',
    'SELECT IS_GRANTABLE AS grantable FROM information_schema.USER_PRIVILEGES WHERE BINARY GRANTEE = ?',
    [`'${username}'@'${host}'`],
  );
  const key = 'GRANT OPTION ON *.*';
  const others = [...rights].filter(([name]) => name !== key);
  if (!rows.some(({ grantable }) => grantable === 'YES')) return new Map(others);
  return new Map([
    ...others,
    [key, { kind: 'static', scope: { level: 'global' }, privilege: 'GRANT OPTION' }],
  ]);
}

/** SHA-256, hexadecimal, of rights in their canonical form. */
export function digestOf(rights: Rights): string {
  return createHash('sha256')
    .update(JSON.stringify([...foldedRights(rights.values()).keys()].sort()))
    .digest('hex');
}
