/**
 * Columns of `mysql.user` and `mysql.db` and the privilege each stands for (Reference Manual, "Privileges
 * Provided by MySQL", table "Permissible Static Privileges"). A column that is not here is a privilege that
 * this release does not know.
 */
const BY_COLUMN: ReadonlyMap<string, string> = new Map([
  ['Select_priv', 'SELECT'],
  ['Insert_priv', 'INSERT'],
  ['Update_priv', 'UPDATE'],
  ['Delete_priv', 'DELETE'],
  ['Create_priv', 'CREATE'],
  ['Drop_priv', 'DROP'],
  ['Reload_priv', 'RELOAD'],
  ['Shutdown_priv', 'SHUTDOWN'],
  ['Process_priv', 'PROCESS'],
  ['File_priv', 'FILE'],
  ['Grant_priv', 'GRANT OPTION'],
  ['References_priv', 'REFERENCES'],
  ['Index_priv', 'INDEX'],
  ['Alter_priv', 'ALTER'],
  ['Show_db_priv', 'SHOW DATABASES'],
  ['Super_priv', 'SUPER'],
  ['Create_tmp_table_priv', 'CREATE TEMPORARY TABLES'],
  ['Lock_tables_priv', 'LOCK TABLES'],
  ['Execute_priv', 'EXECUTE'],
  ['Repl_slave_priv', 'REPLICATION SLAVE'],
  ['Repl_client_priv', 'REPLICATION CLIENT'],
  ['Create_view_priv', 'CREATE VIEW'],
  ['Show_view_priv', 'SHOW VIEW'],
  ['Create_routine_priv', 'CREATE ROUTINE'],
  ['Alter_routine_priv', 'ALTER ROUTINE'],
  ['Create_user_priv', 'CREATE USER'],
  ['Event_priv', 'EVENT'],
  ['Trigger_priv', 'TRIGGER'],
  ['Create_tablespace_priv', 'CREATE TABLESPACE'],
  ['Create_role_priv', 'CREATE ROLE'],
  ['Drop_role_priv', 'DROP ROLE'],
  // MariaDB 10.3.5 and 11.3
  ['Delete_history_priv', 'DELETE HISTORY'],
  ['Show_create_routine_priv', 'SHOW CREATE ROUTINE'],
]);

/** Privileges whose column says `Y`, and the columns with `Y` that are not known. */
export function privilegesOf(row: Readonly<Record<string, unknown>>): { known: string[]; unknown: string[] } {
  const granted = Object.keys(row).filter((column) => column.endsWith('_priv') && row[column] === 'Y');
  return {
    known: granted.flatMap((column) => BY_COLUMN.get(column) ?? []),
    unknown: granted.filter((column) => !BY_COLUMN.has(column)),
  };
}

/** Members whose name differs from the privilege's. */
const MEMBERS: ReadonlyMap<string, string> = new Map([
  ['Grant', 'GRANT OPTION'],
  ['Delete versioning rows', 'DELETE HISTORY'],
]);

/** Members of a set of privileges in a grant table, such as `Select,Show view,Grant`. */
export function privilegesOfSet(set: unknown): string[] {
  return String(set)
    .split(',')
    .filter((member) => member !== '')
    .map((member) => MEMBERS.get(member) ?? member.toUpperCase());
}
