import { ODD_COLUMN, ODD_ROUTINE, ODD_TABLE } from './fixture';
import { quote, type Shape } from './shape';

/** Rights on tables, columns and routines. */
export const objectShapes: readonly Shape[] = [
  {
    name: 'every privilege on a table',
    rights: ({ user, db }) => [`GRANT ALL PRIVILEGES ON ${db}.t TO ${user}`],
  },
  {
    name: 'privileges on tables, one with the grant option',
    rights: ({ user, db }) => [
      `GRANT SELECT, CREATE VIEW, SHOW VIEW, TRIGGER, REFERENCES, INDEX ON ${db}.t TO ${user}`,
      `GRANT DELETE, DROP ON ${db}.t2 TO ${user} WITH GRANT OPTION`,
    ],
  },
  {
    name: 'rights of history and of showing routines',
    on: 'MariaDB',
    rights: ({ user, db }) => [
      `GRANT DELETE HISTORY ON ${db}.t TO ${user}`,
      `GRANT DELETE HISTORY ON ${db}.* TO ${user}`,
    ],
  },
  {
    name: 'the right to show how routines are made',
    on: 'MariaDB',
    since: [11, 3],
    rights: ({ user, db }) => [`GRANT SHOW CREATE ROUTINE ON ${db}.* TO ${user}`],
  },
  {
    // MariaDB 11.8.6 stores an empty set for this right: it is in memory, and gone after a restart.
    name: 'the right to show how one routine is made',
    on: 'MariaDB',
    since: [11, 3],
    rights: ({ user, db }) => [`GRANT SHOW CREATE ROUTINE ON PROCEDURE ${db}.p TO ${user}`],
    refused: /PrivilegeParityError/,
  },
  {
    name: 'a table that never existed',
    rights: ({ user, db }) => [`GRANT CREATE, SELECT ON ${db}.never TO ${user}`],
  },
  {
    name: 'columns',
    rights: ({ user, db }) => [
      `GRANT SELECT (a, b), UPDATE (b), INSERT (a, c), REFERENCES (c) ON ${db}.t TO ${user}`,
    ],
  },
  {
    name: 'columns with the grant option',
    rights: ({ user, db }) => [`GRANT SELECT (a), UPDATE (b) ON ${db}.t TO ${user} WITH GRANT OPTION`],
  },
  {
    name: 'the same privilege on a table and on its columns',
    rights: ({ user, db }) => [
      `GRANT SELECT (a, b) ON ${db}.t TO ${user}`,
      `GRANT SELECT, UPDATE ON ${db}.t TO ${user}`,
      `GRANT UPDATE (c) ON ${db}.t TO ${user}`,
    ],
  },
  {
    name: 'procedures and functions',
    rights: ({ user, db }) => [
      `GRANT EXECUTE, ALTER ROUTINE ON PROCEDURE ${db}.p TO ${user}`,
      `GRANT EXECUTE ON FUNCTION ${db}.f TO ${user} WITH GRANT OPTION`,
      `GRANT EXECUTE ON PROCEDURE ${db}.\`P 2\` TO ${user}`,
    ],
  },
  {
    name: 'the grant option alone, on a routine',
    rights: ({ user, db }) => [`GRANT USAGE ON PROCEDURE ${db}.p TO ${user} WITH GRANT OPTION`],
  },
  {
    name: 'a library',
    on: 'MySQL',
    since: [9, 2],
    rights: ({ user, db }) => [
      `CREATE LIBRARY ${db}.lib LANGUAGE JAVASCRIPT AS 'export function one() { return 1 }'`,
      `GRANT EXECUTE ON LIBRARY ${db}.lib TO ${user}`,
    ],
    remove: ({ db }) => [`DROP LIBRARY ${db}.lib`],
  },
  {
    // Its own statements exist in Oracle's mode only; on 10.11 those of GRANT too, where it is refused.
    name: 'a package',
    on: 'MariaDB',
    since: [11, 0],
    rights: ({ user, db }) => [
      "SET SESSION sql_mode = 'ORACLE'",
      `CREATE OR REPLACE PACKAGE ${db}.pk AS PROCEDURE p1; END`,
      `GRANT EXECUTE ON PACKAGE ${db}.pk TO ${user}`,
      "SET SESSION sql_mode = 'NO_AUTO_CREATE_USER'",
    ],
  },
  {
    name: 'odd names of everything that rights are on',
    rights: ({ user, db, odd }) => {
      const [table, column] = [quote(ODD_TABLE), quote(ODD_COLUMN)];
      return [
        `GRANT SELECT, INSERT ON ${odd}.* TO ${user}`,
        `GRANT SELECT, DELETE ON ${odd}.${table} TO ${user} WITH GRANT OPTION`,
        `GRANT UPDATE (${column}, a), SELECT (${column}) ON ${odd}.${table} TO ${user}`,
        `GRANT EXECUTE ON PROCEDURE ${db}.${quote(ODD_ROUTINE)} TO ${user}`,
      ];
    },
  },
];

/** Rights outlive what they are on. */
export const danglingShapes: readonly Shape[] = [
  {
    name: 'a table that was dropped',
    rights: ({ user, db, prefix }) => [
      `CREATE TABLE ${db}.${prefix}gone (a INT)`,
      `GRANT SELECT, INSERT ON ${db}.${prefix}gone TO ${user}`,
      `DROP TABLE ${db}.${prefix}gone`,
    ],
  },
  {
    name: 'the grant option alone on a table that was dropped',
    rights: ({ user, db, prefix }) => [
      `CREATE TABLE ${db}.${prefix}gone (a INT)`,
      `GRANT USAGE ON ${db}.${prefix}gone TO ${user} WITH GRANT OPTION`,
      `DROP TABLE ${db}.${prefix}gone`,
    ],
  },
  {
    name: 'a column of a table that was dropped',
    rights: ({ user, db, prefix }) => [
      `CREATE TABLE ${db}.${prefix}gone (a INT)`,
      `GRANT SELECT (a), INSERT ON ${db}.${prefix}gone TO ${user}`,
      `DROP TABLE ${db}.${prefix}gone`,
    ],
    lost: /_priv: .*gone|GRANT .*gone/,
    skipped: ({ db, prefix }) => [`SELECT (\`a\`) ON ${db}.\`${prefix}gone\``],
  },
  {
    name: 'a column that was dropped, beside one that is there',
    rights: ({ user, db, prefix }) => [
      `CREATE TABLE ${db}.${prefix}less (a INT, b INT)`,
      `GRANT SELECT (a, b), UPDATE (a) ON ${db}.${prefix}less TO ${user}`,
      `ALTER TABLE ${db}.${prefix}less DROP COLUMN b`,
    ],
    lost: /^missing: (columns_priv: .*Column_name=b |at .*\(`a`,`b`\))|^too much: at .*SELECT \(`a`\)/,
    remove: ({ db, prefix }) => [`DROP TABLE ${db}.${prefix}less`],
    skipped: ({ db, prefix }) => [`SELECT (\`b\`) ON ${db}.\`${prefix}less\``],
  },
  {
    name: 'a routine of a database that was dropped',
    rights: ({ user, prefix }) => [
      `CREATE DATABASE ${prefix}gone`,
      `CREATE PROCEDURE ${prefix}gone.p() SELECT 1`,
      `GRANT EXECUTE ON PROCEDURE ${prefix}gone.p TO ${user}`,
      `GRANT SELECT ON ${prefix}gone.* TO ${user}`,
      `DROP DATABASE ${prefix}gone`,
    ],
    lost: /^missing: (procs_priv: .*gone|at .*PROCEDURE .*gone)/,
    skipped: ({ prefix }) => [`EXECUTE ON PROCEDURE \`${prefix}gone\`.\`p\``],
  },
];
