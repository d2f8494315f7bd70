import { privilegesOf, privilegesOfSet } from './privilege-names';
import type { Right, Scope } from '../rights/rights';
import type { Session } from '../connection/session';

/** A row of a grant table, read as data. */
export type Row = Readonly<Record<string, unknown>>;

/** A column's value as text; null and absent ones are empty. */
export function text(value: unknown): string {
  if (Buffer.isBuffer(value)) return value.toString('utf8');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The rows of a user, of every host. A column that pads with blanks would also answer for a name that ends in one. */
export async function rowsOf(
  session: Session,
  table: string,
  username: string,
  column = 'User',
): Promise<Row[]> {
  const rows = await session.rows<Row>(
    `reading mysql.${table}`,
    `SELECT * FROM mysql.${table} WHERE ${column} = ?`,
    [username],
  );
  return rows.filter((row) => text(row[column] ?? row[column.toUpperCase()]) === username);
}

/**
 * Rows by host; the column's case differs between tables. Servers compare hosts without regard to case, and write them
 * small since MySQL 8 and MariaDB 10; rows of older servers keep their capitals.
 */
export function byHost(rows: readonly Row[]): (host: string) => Row[] {
  const groups = Map.groupBy(rows, (row) => text(row['Host'] ?? row['HOST'] ?? row['TO_HOST']).toLowerCase());
  return (host) => groups.get(host.toLowerCase()) ?? [];
}

export function staticRights(scope: Scope, privileges: readonly string[]): Right[] {
  return privileges.map((privilege) => ({ kind: 'static', scope, privilege }));
}

/** Rights on databases, tables, columns and routines, and PROXY: the tables that MySQL and MariaDB share. */
export interface ObjectRights {
  rights: Right[];
  unknown: string[];
}

const databaseRow = (row: Row): Right[] =>
  staticRights({ level: 'database', database: text(row['Db']) }, privilegesOf(row).known);

const tableRow = (row: Row): Right[] =>
  staticRights(
    { level: 'table', database: text(row['Db']), table: text(row['Table_name']) },
    privilegesOfSet(row['Table_priv']),
  );

const columnRow = (row: Row): Right[] =>
  staticRights(
    {
      level: 'column',
      database: text(row['Db']),
      table: text(row['Table_name']),
      column: text(row['Column_name']),
    },
    privilegesOfSet(row['Column_priv']),
  );

const routineRow = (row: Row): Right[] =>
  staticRights(
    {
      level: 'routine',
      database: text(row['Db']),
      type: text(row['Routine_type']),
      name: text(row['Routine_name']),
    },
    privilegesOfSet(row['Proc_priv']),
  );

const proxyRow = (row: Row): Right => ({
  kind: 'proxy',
  on: { username: text(row['Proxied_user']), host: text(row['Proxied_host']) },
  grantable: Number(row['With_grant']) === 1,
});

/** @returns what a host's account holds on objects */
export async function readObjectRights(
  session: Session,
  username: string,
): Promise<(host: string) => ObjectRights> {
  const read = async (table: string) => byHost(await rowsOf(session, table, username));
  const databases = await read('db');
  const tables = await read('tables_priv');
  const columns = await read('columns_priv');
  const routines = await read('procs_priv');
  const proxies = await read('proxies_priv');
  return (host) => ({
    rights: [
      ...databases(host).flatMap(databaseRow),
      ...tables(host).flatMap(tableRow),
      ...columns(host).flatMap(columnRow),
      ...routines(host).flatMap(routineRow),
      ...proxies(host).map(proxyRow),
    ],
    unknown: databases(host).flatMap((row) =>
      privilegesOf(row).unknown.map((column) => `the privilege ${column} on ${text(row['Db'])}`),
    ),
  });
}
