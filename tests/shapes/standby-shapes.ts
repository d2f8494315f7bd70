import { quoteAt, type Shape } from './shape';

const RIGHTS: Shape['rights'] = ({ user, dbOnly, db }) => [
  `GRANT SELECT, INSERT ON ${dbOnly}.* TO ${user}`,
  `GRANT UPDATE (a) ON ${db}.t TO ${user}`,
];

/** A standby that is there already, with more, less or something else. */
export const standbyShapes: readonly Shape[] = [
  {
    name: 'a standby with rights of every kind too many',
    rights: RIGHTS,
    standby: ({ user, db, roles: [one], proxied, password }) => [
      `CREATE USER ${user} IDENTIFIED BY ${password} REQUIRE SSL WITH MAX_USER_CONNECTIONS 3 PASSWORD EXPIRE NEVER`,
      `GRANT PROCESS, SELECT ON *.* TO ${user} WITH GRANT OPTION`,
      `GRANT ALL PRIVILEGES ON ${db}.* TO ${user} WITH GRANT OPTION`,
      `GRANT ALL PRIVILEGES ON ${db}.t TO ${user}`,
      `GRANT SELECT (a, b) ON ${db}.t2 TO ${user}`,
      `GRANT EXECUTE ON PROCEDURE ${db}.p TO ${user} WITH GRANT OPTION`,
      `GRANT ${one} TO ${user} WITH ADMIN OPTION`,
      `GRANT PROXY ON ${quoteAt(proxied, '%')} TO ${user} WITH GRANT OPTION`,
    ],
  },
  {
    name: 'a standby with every global right and the grant option',
    by: 'root',
    rights: RIGHTS,
    standby: ({ user, password }) => [
      `CREATE USER ${user} IDENTIFIED BY ${password}`,
      `GRANT ALL PRIVILEGES ON *.* TO ${user} WITH GRANT OPTION`,
    ],
  },
  {
    name: 'a standby without any right',
    rights: RIGHTS,
    standby: ({ user, password }) => [`CREATE USER ${user} IDENTIFIED BY ${password}`],
  },
  {
    name: 'a standby with dynamic grant options that are to go, beside the static one',
    on: 'MySQL',
    rights: ({ user }) => [`GRANT BACKUP_ADMIN ON *.* TO ${user}`],
    standby: ({ user, password }) => [
      `CREATE USER ${user} IDENTIFIED BY ${password}`,
      `GRANT SELECT ON *.* TO ${user} WITH GRANT OPTION`,
      `GRANT BACKUP_ADMIN, CONNECTION_ADMIN ON *.* TO ${user} WITH GRANT OPTION`,
    ],
  },
  {
    name: 'a standby whose dynamic privilege keeps its grant option while the static one goes',
    on: 'MySQL',
    rights: ({ user }) => [`GRANT BACKUP_ADMIN ON *.* TO ${user} WITH GRANT OPTION`],
    standby: ({ user, password }) => [
      `CREATE USER ${user} IDENTIFIED BY ${password}`,
      `GRANT SELECT ON *.* TO ${user} WITH GRANT OPTION`,
      `GRANT BACKUP_ADMIN ON *.* TO ${user} WITH GRANT OPTION`,
    ],
  },
  {
    name: 'a standby with the admin option too much, and another default role',
    on: 'MySQL',
    rights: ({ user, roles: [one, two] }) => [
      `GRANT ${one}, ${two} TO ${user}`,
      `SET DEFAULT ROLE ${one} TO ${user}`,
    ],
    standby: ({ user, password, roles: [one, two, three] }) => [
      `CREATE USER ${user} IDENTIFIED BY ${password}`,
      `GRANT ${one}, ${two}, ${three} TO ${user} WITH ADMIN OPTION`,
      `SET DEFAULT ROLE ALL TO ${user}`,
    ],
  },
  {
    name: 'a standby with the admin option too much, and another default role',
    on: 'MariaDB',
    rights: ({ user, roles: [one, two] }) => [
      `GRANT ${one} TO ${user}`,
      `GRANT ${two} TO ${user} WITH ADMIN OPTION`,
      `SET DEFAULT ROLE ${one} FOR ${user}`,
    ],
    standby: ({ user, password, roles: [one, two, three] }) => [
      `CREATE USER ${user} IDENTIFIED BY ${password}`,
      `GRANT ${one} TO ${user} WITH ADMIN OPTION`,
      `GRANT ${two} TO ${user}`,
      `GRANT ${three} TO ${user}`,
      `SET DEFAULT ROLE ${three} FOR ${user}`,
    ],
  },
  {
    name: 'a standby that may proxy with the option, where it may only proxy',
    rights: ({ user, proxied }) => [`GRANT PROXY ON ${quoteAt(proxied, '%')} TO ${user}`],
    standby: ({ user, password, proxied }) => [
      `CREATE USER ${user} IDENTIFIED BY ${password}`,
      `GRANT PROXY ON ${quoteAt(proxied, '%')} TO ${user} WITH GRANT OPTION`,
    ],
  },
  {
    // MariaDB adds the option in memory only, until it reads its tables anew: there it is refused (PrivilegeParityError).
    name: 'a standby that got the option of its PROXY later',
    on: 'MySQL',
    rights: ({ user, proxied }) => [`GRANT PROXY ON ${quoteAt(proxied, '%')} TO ${user}`],
    standby: ({ user, password, proxied }) => [
      `CREATE USER ${user} IDENTIFIED BY ${password}`,
      `GRANT PROXY ON ${quoteAt(proxied, '%')} TO ${user}`,
      `GRANT PROXY ON ${quoteAt(proxied, '%')} TO ${user} WITH GRANT OPTION`,
    ],
  },
  {
    name: 'a standby with a second password',
    on: 'MySQL',
    rights: RIGHTS,
    standby: ({ user, password }) => [
      `CREATE USER ${user} IDENTIFIED BY 'Second-password-0123456789'`,
      `ALTER USER ${user} IDENTIFIED BY ${password} RETAIN CURRENT PASSWORD`,
    ],
  },
  {
    name: 'a standby that is locked and expired',
    rights: RIGHTS,
    standby: ({ user, password }) => [
      `CREATE USER ${user} IDENTIFIED BY ${password} ACCOUNT LOCK`,
      `ALTER USER ${user} PASSWORD EXPIRE`,
    ],
  },
  {
    name: 'a standby with an attribute whose number is of another type',
    on: 'MySQL',
    options: `ATTRIBUTE '{"n": 1.0, "m": 9007199254740993}'`,
    standby: ({ user, password }) => [
      `CREATE USER ${user} IDENTIFIED BY ${password} ATTRIBUTE '{"n": 1, "m": 9007199254740992}'`,
    ],
  },
  {
    name: 'a standby with rights on columns and routines that it names in other letters',
    rights: ({ user, db }) => [
      `GRANT SELECT (a, b), UPDATE (a), REFERENCES (C) ON ${db}.t TO ${user}`,
      `GRANT EXECUTE ON FUNCTION ${db}.F TO ${user}`,
    ],
    standby: ({ user, db, password }) => [
      `CREATE USER ${user} IDENTIFIED BY ${password}`,
      `GRANT SELECT (A, c), INSERT (B) ON ${db}.t TO ${user}`,
      `GRANT ALTER ROUTINE ON FUNCTION ${db}.f TO ${user}`,
    ],
  },
  {
    name: 'a standby with attributes too many',
    on: 'MySQL',
    options: `ATTRIBUTE '{"keep": {"a": 1}}'`,
    standby: ({ user, password }) => [
      `CREATE USER ${user} IDENTIFIED BY ${password} ATTRIBUTE '{"keep": {"a": 2, "b": {"c": 3}}, "gone": [1], "constructor": "x", "comment": "y"}'`,
    ],
  },
  {
    name: 'a standby with every option that the current user has not',
    on: 'MySQL',
    standby: ({ user, password }) => [
      `CREATE USER ${user} IDENTIFIED BY ${password} REQUIRE ISSUER 'i' AND SUBJECT 's' WITH MAX_QUERIES_PER_HOUR 1 PASSWORD EXPIRE INTERVAL 1 DAY PASSWORD HISTORY 1 PASSWORD REUSE INTERVAL 1 DAY PASSWORD REQUIRE CURRENT FAILED_LOGIN_ATTEMPTS 1 PASSWORD_LOCK_TIME UNBOUNDED COMMENT 'c'`,
    ],
  },
  {
    name: 'a standby of another plugin',
    on: 'MySQL',
    standby: ({ user, password }) => [`CREATE USER ${user} IDENTIFIED WITH sha256_password BY ${password}`],
  },
  {
    name: 'a standby of another plugin',
    on: 'MariaDB',
    standby: ({ user, password }) => [
      `CREATE USER ${user} IDENTIFIED VIA ed25519 USING PASSWORD(${password})`,
    ],
  },
  {
    name: 'a standby with rights on what has gone',
    rights: RIGHTS,
    standby: ({ user, password, db, prefix }) => [
      `CREATE USER ${user} IDENTIFIED BY ${password}`,
      `CREATE TABLE ${db}.${prefix}left (a INT)`,
      `GRANT SELECT, INSERT (a) ON ${db}.${prefix}left TO ${user}`,
      `DROP TABLE ${db}.${prefix}left`,
      `CREATE TABLE ${db}.${prefix}less2 (a INT, b INT)`,
      `GRANT SELECT (a, b) ON ${db}.${prefix}less2 TO ${user}`,
      `ALTER TABLE ${db}.${prefix}less2 DROP COLUMN b`,
      `CREATE DATABASE ${prefix}left`,
      `CREATE PROCEDURE ${prefix}left.p() SELECT 1`,
      `GRANT EXECUTE ON PROCEDURE ${prefix}left.p TO ${user}`,
      `DROP DATABASE ${prefix}left`,
    ],
    remove: ({ db, prefix }) => [`DROP TABLE ${db}.${prefix}less2`],
  },
];
