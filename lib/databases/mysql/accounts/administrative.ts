import type { StoredAccount } from './account';

/** Global privileges whose holder administers the server or other users. */
const PRIVILEGES = new Set(['SUPER', 'CREATE USER', 'SYSTEM_USER', 'GRANT OPTION']);

/** Accounts that the server or RDS made for itself. */
const SYSTEM_USERS = new Set([
  'mysql.sys',
  'mysql.session',
  'mysql.infoschema',
  'mariadb.sys',
  'rdsadmin',
  'rdsrepladmin',
]);

const ROLES = new Set(['rds_superuser_role']);

/** Why an account is an administrator's, if it is: its standby would be one too. */
export function administrativeRights({ username, rights }: StoredAccount): string[] {
  const found = [...rights.values()].flatMap((right) => {
    if (right.kind === 'static' && right.scope.level === 'global') return [right.privilege];
    if (right.kind === 'dynamic') return [right.privilege];
    return right.kind === 'role' ? [right.role.username] : [];
  });
  return [
    ...found.filter((name) => PRIVILEGES.has(name) || ROLES.has(name)),
    ...(SYSTEM_USERS.has(username) ? ['a system account'] : []),
  ];
}
