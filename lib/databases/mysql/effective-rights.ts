import { createHash } from 'node:crypto';
import { quoteName } from './quote';
import type { Session } from './session';

/**
 * Rights as the running server applies them. The privilege tables of INFORMATION_SCHEMA are filled from the
 * server's memory, while the grant tables are what is on disk; the two have been seen to differ, so parity is
 * proved on both. A user without any other right sees its own rows here, which makes its view comparable with
 * the master's.
 */
const EFFECTIVE = `
  SELECT GRANTEE AS grantee, '' AS db, '' AS tbl, '' AS col, PRIVILEGE_TYPE AS privilege, IS_GRANTABLE AS grantable
    FROM information_schema.USER_PRIVILEGES WHERE GRANTEE IN (?)
  UNION ALL SELECT GRANTEE, TABLE_SCHEMA, '', '', PRIVILEGE_TYPE, IS_GRANTABLE
    FROM information_schema.SCHEMA_PRIVILEGES WHERE GRANTEE IN (?)
  UNION ALL SELECT GRANTEE, TABLE_SCHEMA, TABLE_NAME, '', PRIVILEGE_TYPE, IS_GRANTABLE
    FROM information_schema.TABLE_PRIVILEGES WHERE GRANTEE IN (?)
  UNION ALL SELECT GRANTEE, TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, PRIVILEGE_TYPE, IS_GRANTABLE
    FROM information_schema.COLUMN_PRIVILEGES WHERE GRANTEE IN (?)`;

interface EffectiveRow {
  grantee: string;
  db: string;
  tbl: string;
  col: string;
  privilege: string;
  grantable: string;
}

interface AccountName {
  username: string;
  host: string;
}

/** How INFORMATION_SCHEMA writes an account: in quotes, with nothing escaped. */
const granteeOf = ({ username, host }: AccountName): string => `'${username}'@'${host}'`;

/** Canonical lines, one a right, in words that a message may quote. */
export type EffectiveRights = readonly string[];

function line({ db, tbl, col, privilege, grantable }: EffectiveRow): string {
  const object = [db, tbl].map((name) => (name === '' ? '*' : quoteName(name))).join('.');
  const column = col === '' ? '' : ` (${quoteName(col)})`;
  return `${privilege}${column} ON ${object}${grantable === 'YES' ? ' WITH GRANT OPTION' : ''}`;
}

/** The rights of several accounts, in the accounts' order. */
export async function readEffectiveRights(
  session: Session,
  accounts: readonly AccountName[],
): Promise<EffectiveRights[]> {
  const grantees = accounts.map(granteeOf);
  const list = grantees.map(() => '?').join(', ');
  const rows = await session.rows<EffectiveRow>(
    'reading the rights in force',
    EFFECTIVE.replaceAll('(?)', `(${list})`),
    Array.from({ length: 4 }, () => grantees).flat(),
  );
  return grantees.map((grantee) =>
    rows
      .filter((row) => row.grantee === grantee)
      .map(line)
      .sort(),
  );
}

/** SHA-256, hexadecimal, of rights in their canonical form. */
export function digestOf(rights: EffectiveRights): string {
  return createHash('sha256').update(JSON.stringify(rights)).digest('hex');
}
