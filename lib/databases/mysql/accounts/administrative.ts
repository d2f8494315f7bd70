import type { Server } from '../connection/server';
import { patternCovers } from '../rights/pattern';
import { describeRight, type Right, type Rights, type StaticRight } from '../rights/rights';

/**
 * Global privileges with which a user can give itself rights that it has not, or act as another user. Others, such
 * as CONNECTION_ADMIN, BACKUP_ADMIN, RELOAD or PROCESS, disturb or look on, and are an application's at times.
 */
const PRIVILEGES = new Set([
  // They make and alter users, or hand on what they hold.
  'SUPER',
  'CREATE USER',
  'GRANT OPTION',
  'SYSTEM_USER',
  // Any account can be granted as a role on MySQL.
  'ROLE_ADMIN',
  // A routine runs as its definer, who may be anybody.
  'SET_USER_ID',
  'SET_ANY_DEFINER',
  'SET USER',
  // `init_connect` runs as whoever logs in; on MariaDB CONNECTION ADMIN sets it (tried on 10.11 and 11.8).
  'SYSTEM_VARIABLES_ADMIN',
  'CONNECTION ADMIN',
  // What a replica is sent, it writes without looking at rights.
  'REPLICATION_SLAVE_ADMIN',
  'REPLICATION SLAVE ADMIN',
  // BINLOG writes rows of any table without looking at rights (tried on MySQL 9.7, in mysql.db).
  'BINLOG_ADMIN',
  'BINLOG REPLAY',
]);

/** Accounts that the server or RDS made for itself. */
const SYSTEM_USERS = new Set([
  'mysql.sys',
  'mysql.session',
  'mysql.infoschema',
  'mariadb.sys',
  'rdsadmin',
  'rdsrepladmin',
]);

/** AWS's role of master users; it holds ROLE_ADMIN and SET_USER_ID or SET_ANY_DEFINER, among others. */
const ROLES = new Set(['rds_superuser_role']);

/** Tables of the schema `mysql` whose rows are rights, or code that runs as somebody. */
const TABLES = new Set([
  'user',
  'global_priv',
  'db',
  'tables_priv',
  'columns_priv',
  'procs_priv',
  'proxies_priv',
  'global_grants',
  'role_edges',
  'roles_mapping',
  'proc',
  'event',
]);

const WRITING = new Set(['INSERT', 'UPDATE']);

/** Whether a privilege writes the grant tables. `%` covers the schema `mysql` too (tried on all products). */
function writesGrantTables({ privilege, scope }: StaticRight, rights: Rights, server: Server): boolean {
  if (!WRITING.has(privilege)) return false;
  switch (scope.level) {
    case 'global':
      return !rights.has(describeRight({ kind: 'restriction', privilege, database: 'mysql' }));
    case 'database':
      return server.literalPatterns ? scope.database === 'mysql' : patternCovers(scope.database, 'mysql');
    case 'table':
    case 'column':
      return scope.database === 'mysql' && TABLES.has(scope.table);
    case 'routine':
      return false;
  }
}

function administrativePart(right: Right, rights: Rights, server: Server): string[] {
  switch (right.kind) {
    case 'static':
      if (right.scope.level === 'global' && PRIVILEGES.has(right.privilege)) return [right.privilege];
      if (right.privilege === 'FILE' && server.filesAreOpen) return ['FILE'];
      return writesGrantTables(right, rights, server) ? [describeRight(right)] : [];
    case 'dynamic':
      return PRIVILEGES.has(right.privilege) ? [right.privilege] : [];
    case 'role':
      return ROLES.has(right.role.username) ? [right.role.username] : [];
    case 'proxy':
      // It stands for every account.
      return right.on.username === '' ? [describeRight(right)] : [];
    case 'default role':
    case 'restriction':
      return [];
  }
}

/** What among the rights of one account or role makes an administrator, in words. */
export function administrativeRights(rights: Rights, server: Server): string[] {
  return [...rights.values()].flatMap((right) => administrativePart(right, rights, server));
}

export function isSystemAccount(username: string): boolean {
  return SYSTEM_USERS.has(username);
}
