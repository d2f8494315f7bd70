import type { Account, Marker, User } from '../engine';
import { administrativeRights, readAccountRow, unsupportedLogin, type AccountRow } from './account-row';
import { privilegesOf, privilegesOfSet } from './privilege-names';
import { rightsFrom, type Right, type Rights } from './rights';
import type { Session } from './session';

/** One account with its rights, as the grant tables hold them. */
export interface StoredAccount {
  row: AccountRow;
  rights: Rights;
  roles: string[];
  /** Rights and options that this release cannot mirror, in words. */
  unsupported: string[];
}

/** A user with all its accounts, by host. */
export interface StoredUser {
  username: string;
  accounts: ReadonlyMap<string, StoredAccount>;
}

type Row = Readonly<Record<string, unknown>>;

/** Kinds of rights that are only looked for, to be refused: each row names itself in words. */
const OTHER_RIGHTS = `
  SELECT Host, CONCAT('column rights on ', Db, '.', Table_name) AS what, '' AS role FROM mysql.columns_priv WHERE User = ?
  UNION ALL SELECT Host, CONCAT('rights on ', LOWER(Routine_type), ' ', Db, '.', Routine_name), '' FROM mysql.procs_priv WHERE User = ?
  UNION ALL SELECT Host, CONCAT('PROXY on ', Proxied_user, '@', Proxied_host), '' FROM mysql.proxies_priv WHERE User = ?
  UNION ALL SELECT TO_HOST, CONCAT('the role ', FROM_USER, '@', FROM_HOST), FROM_USER FROM mysql.role_edges WHERE TO_USER = ?
  UNION ALL SELECT HOST, CONCAT('the default role ', DEFAULT_ROLE_USER, '@', DEFAULT_ROLE_HOST), '' FROM mysql.default_roles WHERE USER = ?`;

function globalRights({ globalPrivileges }: AccountRow): Right[] {
  return globalPrivileges.map((privilege) => ({
    level: 'global',
    database: '',
    table: '',
    privilege,
    grantable: false,
  }));
}

function dynamicRight(row: Row): Right {
  return {
    level: 'dynamic',
    database: '',
    table: '',
    privilege: String(row['PRIV']),
    grantable: row['WITH_GRANT_OPTION'] === 'Y',
  };
}

function objectRights(row: Row): Right[] {
  const table = typeof row['Table_name'] === 'string' ? row['Table_name'] : undefined;
  const privileges =
    table === undefined ? privilegesOf(row).known : privilegesOfSet(String(row['Table_priv']));
  return privileges.map((privilege) => ({
    level: table === undefined ? 'database' : 'table',
    database: String(row['Db']),
    table: table ?? '',
    privilege,
    grantable: false,
  }));
}

/**
 * Reads a user from the grant tables, as data: no text of SHOW GRANTS is cut anywhere.
 * @throws {MasterPrivilegeError} when the master may not read schema `mysql`.
 */
export async function readUser(session: Session, username: string): Promise<StoredUser> {
  const read = (table: string) =>
    session.rows<Row>(`reading mysql.${table}`, `SELECT * FROM mysql.${table} WHERE User = ?`, [username]);

  const accounts = (await read('user')).map(readAccountRow);
  if (accounts.length === 0) return { username, accounts: new Map() };
  const dynamic = await read('global_grants');
  const objects = [...(await read('db')), ...(await read('tables_priv'))];
  const others = await session.rows<Row>(
    'reading other rights',
    OTHER_RIGHTS,
    Array<string>(5).fill(username),
  );

  const assemble = (row: AccountRow): StoredAccount => {
    const mine = (rows: readonly Row[]) => rows.filter(({ Host, HOST = Host }) => HOST === row.host);
    const other = mine(others);
    return {
      row,
      rights: rightsFrom([
        ...globalRights(row),
        ...mine(dynamic).map(dynamicRight),
        ...mine(objects).flatMap(objectRights),
      ]),
      roles: other.map(({ role }) => String(role)).filter((role) => role !== ''),
      unsupported: [
        ...row.unsupportedOptions,
        ...other.map(({ what }) => String(what)),
        ...mine(objects).flatMap((object) => privilegesOf(object).unknown),
      ],
    };
  };
  return { username, accounts: new Map(accounts.map((row) => [row.host, assemble(row)])) };
}

/** Reads nothing but a user's marker. */
export async function readMarkerOf(session: Session, username: string): Promise<Marker | undefined> {
  const rows = await session.rows<Row>('reading the marker', 'SELECT * FROM mysql.user WHERE User = ?', [
    username,
  ]);
  return rows.map((row) => readAccountRow(row).marker).find((marker) => marker !== undefined);
}

/** The marker of a user: all its accounts get theirs in one statement, so any one speaks for all. */
export function markerOf({ accounts }: StoredUser): Marker | undefined {
  return [...accounts.values()].map(({ row }) => row.marker).find((marker) => marker !== undefined);
}

function summarise({ row, rights, roles, unsupported }: StoredAccount): Account {
  const dynamic = [...rights.values()].filter(({ level }) => level === 'dynamic');
  return {
    host: row.host,
    locked: row.locked,
    passwordExpired: row.passwordExpired,
    administrative: administrativeRights(
      row,
      dynamic.map(({ privilege }) => privilege),
      roles,
    ),
    unsupported,
    unsupportedLogin: unsupportedLogin(row),
  };
}

/** What the rules of a rotation judge a user by. */
export function describeUser({ username, accounts }: StoredUser): User {
  return { username, accounts: [...accounts.values()].map(summarise) };
}
