import type { Shape } from './shape';

/** Rights on everything, and on databases. */
export const globalShapes: readonly Shape[] = [
  { name: 'no right at all' },
  {
    name: 'static privileges on everything',
    rights: ({ user }) => [`GRANT SELECT, PROCESS, SHOW DATABASES, REPLICATION CLIENT ON *.* TO ${user}`],
  },
  {
    name: 'every privilege but SUPER',
    rights: ({ user }) => [`GRANT ALL PRIVILEGES ON *.* TO ${user}`, `REVOKE SUPER ON *.* FROM ${user}`],
  },
  {
    name: 'every privilege with the grant option',
    by: 'root',
    rights: ({ user }) => [`GRANT ALL PRIVILEGES ON *.* TO ${user} WITH GRANT OPTION`],
  },
  {
    name: 'the global grant option',
    rights: ({ user }) => [`GRANT SELECT, PROCESS ON *.* TO ${user} WITH GRANT OPTION`],
  },
  {
    name: 'the global grant option alone',
    rights: ({ user }) => [`GRANT USAGE ON *.* TO ${user} WITH GRANT OPTION`],
  },
  {
    name: 'dynamic privileges',
    on: 'MySQL',
    rights: ({ user }) => [`GRANT XA_RECOVER_ADMIN, SHOW_ROUTINE, FLUSH_STATUS ON *.* TO ${user}`],
  },
  {
    name: 'dynamic privileges, some with the grant option',
    on: 'MySQL',
    rights: ({ user }) => [
      `GRANT BACKUP_ADMIN, SHOW_ROUTINE ON *.* TO ${user}`,
      `GRANT CONNECTION_ADMIN, ROLE_ADMIN ON *.* TO ${user} WITH GRANT OPTION`,
    ],
  },
  {
    name: 'a dynamic and a static grant option beside each other',
    on: 'MySQL',
    rights: ({ user }) => [
      `GRANT SELECT ON *.* TO ${user} WITH GRANT OPTION`,
      `GRANT CONNECTION_ADMIN ON *.* TO ${user} WITH GRANT OPTION`,
      `GRANT BACKUP_ADMIN ON *.* TO ${user}`,
    ],
  },
  {
    name: 'global privileges of several words',
    on: 'MariaDB',
    rights: ({ user }) => [
      `GRANT BINLOG ADMIN, BINLOG MONITOR, READ_ONLY ADMIN, REPLICATION SLAVE ADMIN, SLAVE MONITOR ON *.* TO ${user}`,
      `GRANT SET USER, CONNECTION ADMIN, DELETE HISTORY ON *.* TO ${user}`,
    ],
  },
  {
    name: 'a restriction on one database',
    on: 'MySQL',
    needs: 'partial_revokes',
    rights: ({ user, db }) => [
      `GRANT SELECT, INSERT ON *.* TO ${user}`,
      `REVOKE INSERT ON mysql.* FROM ${user}`,
      `REVOKE SELECT, INSERT ON ${db}.* FROM ${user}`,
    ],
  },
  {
    name: 'restrictions beside rights on the same database',
    on: 'MySQL',
    needs: 'partial_revokes',
    rights: ({ user, db, odd }) => [
      `GRANT SELECT, INSERT, UPDATE ON *.* TO ${user} WITH GRANT OPTION`,
      `GRANT EXECUTE ON ${db}.* TO ${user}`,
      `REVOKE UPDATE ON ${db}.* FROM ${user}`,
      `REVOKE SELECT ON ${odd}.* FROM ${user}`,
      `GRANT UPDATE ON ${db}.t TO ${user}`,
    ],
  },
];

export const databaseShapes: readonly Shape[] = [
  {
    name: 'privileges on one database',
    rights: ({ user, dbOnly }) => [`GRANT SELECT, INSERT, UPDATE, DELETE ON ${dbOnly}.* TO ${user}`],
  },
  {
    name: 'every privilege on a database',
    rights: ({ user, dbOnly }) => [`GRANT ALL PRIVILEGES ON ${dbOnly}.* TO ${user}`],
  },
  {
    name: 'every privilege on a database with the grant option',
    rights: ({ user, dbOnly }) => [`GRANT ALL PRIVILEGES ON ${dbOnly}.* TO ${user} WITH GRANT OPTION`],
  },
  {
    name: 'the grant option alone, on a database and a table',
    rights: ({ user, db }) => [
      `GRANT USAGE ON ${db}.* TO ${user} WITH GRANT OPTION`,
      `GRANT USAGE ON ${db}.t TO ${user} WITH GRANT OPTION`,
    ],
  },
  {
    name: 'names with and without escapes beside each other',
    rights: ({ user, prefix }) => [
      `GRANT SELECT ON \`${prefix}\\_db\`.* TO ${user}`,
      `GRANT INSERT ON \`${prefix}_db\`.* TO ${user}`,
      `GRANT UPDATE ON \`${prefix}\\\\_db\`.* TO ${user}`,
      `GRANT DELETE ON \`${prefix}%\`.* TO ${user}`,
      `GRANT EXECUTE ON \`${prefix}\\%\`.* TO ${user}`,
    ],
  },
  {
    name: 'a wildcard for every database',
    rights: ({ user }) => [`GRANT SELECT, CREATE VIEW ON \`%\`.* TO ${user} WITH GRANT OPTION`],
  },
  {
    name: 'a database that does not exist',
    rights: ({ user, prefix }) => [`GRANT SELECT, CREATE, DROP ON \`${prefix}nowhere\`.* TO ${user}`],
  },
  {
    name: 'rights at every level at once',
    rights: ({ user, db, dbOnly }) => [
      `GRANT SELECT ON *.* TO ${user}`,
      `GRANT SELECT, INSERT ON ${dbOnly}.* TO ${user}`,
      `GRANT SELECT, INSERT ON ${db}.t TO ${user}`,
      `GRANT SELECT (a), INSERT (a, b) ON ${db}.t TO ${user}`,
      `GRANT EXECUTE ON PROCEDURE ${db}.p TO ${user}`,
    ],
  },
];
