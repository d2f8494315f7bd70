import { quote, quoteAt, type Fixture, type Product } from './shape';

/** A right of an application's user, and the least that a master needs besides BASE to give and to take it. */
export interface LeastRights {
  name: string;
  on?: Product;
  /** Statements about `@USER`. */
  user: string[];
  /** Statements about `@MASTER`; without any one of them the right cannot be given. */
  master: string[];
  /** ALLOW_MISSING_RIGHTS with which it is left out. */
  allowed: string[];
}

/** What every master needs: to make users, set passwords and options, and to read what they hold. */
export const BASE = ['GRANT CREATE USER ON *.* TO @MASTER', 'GRANT SELECT ON mysql.* TO @MASTER'];

export function leastRights({ database, roles: [role], proxied }: Fixture): LeastRights[] {
  const db = quote(database);
  const only = quote(database.replaceAll('_', String.raw`\_`));
  const gone = `${db}.gone`;
  const proxy = quoteAt(proxied, '%');
  return [
    {
      name: 'a privilege on everything',
      user: ['GRANT PROCESS ON *.* TO @USER'],
      master: ['GRANT PROCESS ON *.* TO @MASTER WITH GRANT OPTION'],
      allowed: ['PROCESS'],
    },
    {
      name: 'the grant option on everything',
      user: ['GRANT USAGE ON *.* TO @USER WITH GRANT OPTION'],
      master: ['GRANT USAGE ON *.* TO @MASTER WITH GRANT OPTION'],
      allowed: ['GRANT OPTION'],
    },
    {
      name: 'a privilege of several words',
      on: 'MariaDB',
      user: ['GRANT BINLOG ADMIN ON *.* TO @USER'],
      master: ['GRANT BINLOG ADMIN ON *.* TO @MASTER WITH GRANT OPTION'],
      allowed: ['BINLOG ADMIN'],
    },
    {
      name: 'a dynamic privilege',
      on: 'MySQL',
      user: ['GRANT BACKUP_ADMIN ON *.* TO @USER'],
      master: ['GRANT BACKUP_ADMIN ON *.* TO @MASTER WITH GRANT OPTION'],
      allowed: ['BACKUP_ADMIN'],
    },
    {
      name: 'a dynamic privilege with its grant option',
      on: 'MySQL',
      user: ['GRANT BACKUP_ADMIN ON *.* TO @USER WITH GRANT OPTION'],
      master: [
        'GRANT BACKUP_ADMIN ON *.* TO @MASTER WITH GRANT OPTION',
        'GRANT USAGE ON *.* TO @MASTER WITH GRANT OPTION',
      ],
      allowed: ['BACKUP_ADMIN'],
    },
    {
      name: 'a privilege on a database',
      user: [`GRANT SELECT ON ${only}.* TO @USER`],
      master: [`GRANT SELECT ON ${only}.* TO @MASTER WITH GRANT OPTION`],
      allowed: ['SELECT'],
    },
    {
      name: 'a privilege on a database, held on everything',
      user: [`GRANT SELECT ON ${only}.* TO @USER`],
      master: ['GRANT SELECT ON *.* TO @MASTER', `GRANT USAGE ON ${only}.* TO @MASTER WITH GRANT OPTION`],
      allowed: ['SELECT'],
    },
    {
      name: 'a privilege on a database, held by a wildcard',
      user: [`GRANT SELECT ON ${only}.* TO @USER`],
      master: ['GRANT SELECT ON `%`.* TO @MASTER WITH GRANT OPTION'],
      allowed: ['SELECT'],
    },
    {
      name: 'the grant option on a database',
      user: [`GRANT SELECT ON ${only}.* TO @USER WITH GRANT OPTION`],
      master: [`GRANT SELECT ON ${only}.* TO @MASTER WITH GRANT OPTION`],
      allowed: ['SELECT', 'GRANT OPTION'],
    },
    {
      name: 'a privilege on a table',
      user: [`GRANT UPDATE ON ${db}.t TO @USER`],
      master: [`GRANT UPDATE ON ${db}.t TO @MASTER WITH GRANT OPTION`],
      allowed: ['UPDATE'],
    },
    {
      name: 'a privilege on a column',
      user: [`GRANT UPDATE (a) ON ${db}.t TO @USER`],
      master: [`GRANT UPDATE ON ${db}.t TO @MASTER WITH GRANT OPTION`],
      allowed: ['UPDATE'],
    },
    {
      name: 'a privilege on a column, held on the column alone',
      user: [`GRANT UPDATE (a) ON ${db}.t TO @USER`],
      master: [`GRANT UPDATE (a) ON ${db}.t TO @MASTER WITH GRANT OPTION`],
      allowed: ['UPDATE'],
    },
    {
      // In one statement MariaDB wants both privileges on both columns.
      name: 'different privileges on columns, held on the columns alone',
      user: [`GRANT SELECT (a), UPDATE (b) ON ${db}.t TO @USER`],
      master: [`GRANT SELECT (a), UPDATE (b) ON ${db}.t TO @MASTER WITH GRANT OPTION`],
      allowed: ['SELECT', 'UPDATE'],
    },
    {
      name: 'a privilege on a routine',
      user: [`GRANT EXECUTE ON PROCEDURE ${db}.p TO @USER`],
      master: [`GRANT EXECUTE ON PROCEDURE ${db}.p TO @MASTER WITH GRANT OPTION`],
      allowed: ['EXECUTE'],
    },
    {
      name: 'a role',
      user: [`GRANT ${quote(role)} TO @USER`],
      master: [`GRANT ${quote(role)} TO @MASTER WITH ADMIN OPTION`],
      allowed: [`ROLE ${role}`],
    },
    {
      name: 'a role, given by an administrator of roles',
      on: 'MySQL',
      user: [`GRANT ${quote(role)} TO @USER WITH ADMIN OPTION`],
      master: ['GRANT ROLE_ADMIN ON *.* TO @MASTER'],
      allowed: [`ROLE ${role}`],
    },
    {
      name: 'a default role',
      on: 'MySQL',
      user: [`GRANT ${quote(role)} TO @USER`, `SET DEFAULT ROLE ${quote(role)} TO @USER`],
      master: [`GRANT ${quote(role)} TO @MASTER WITH ADMIN OPTION`],
      allowed: [`ROLE ${role}`],
    },
    {
      // Setting somebody else's takes UPDATE on the whole of mysql, its table global_priv alone is not enough.
      name: 'a default role',
      on: 'MariaDB',
      user: [`GRANT ${quote(role)} TO @USER`, `SET DEFAULT ROLE ${quote(role)} FOR @USER`],
      master: [`GRANT ${quote(role)} TO @MASTER WITH ADMIN OPTION`, 'GRANT UPDATE ON mysql.* TO @MASTER'],
      allowed: [`ROLE ${role}`],
    },
    {
      name: 'acting for another user',
      user: [`GRANT PROXY ON ${proxy} TO @USER`],
      master: [`GRANT PROXY ON ${proxy} TO @MASTER WITH GRANT OPTION`],
      allowed: ['PROXY'],
    },
    {
      name: 'letting others act for another user',
      // The grant option that comes with it is taken away again, so the master needs that too; it comes with the PROXY.
      user: [`GRANT PROXY ON ${proxy} TO @USER WITH GRANT OPTION`, 'REVOKE GRANT OPTION ON *.* FROM @USER'],
      master: [`GRANT PROXY ON ${proxy} TO @MASTER WITH GRANT OPTION`],
      allowed: ['PROXY'],
    },
    {
      // Without CREATE the server looks for the table.
      name: 'a privilege on a table that was dropped',
      user: [`CREATE TABLE ${gone} (a INT)`, `GRANT SELECT ON ${gone} TO @USER`, `DROP TABLE ${gone}`],
      master: [
        `GRANT SELECT ON ${only}.* TO @MASTER WITH GRANT OPTION`,
        `GRANT CREATE ON ${only}.* TO @MASTER`,
      ],
      allowed: ['SELECT'],
    },
  ];
}

/** Masters that seem to have the right and have not: to be refused before any change all the same. */
export function insufficientRights({
  proxied,
}: Fixture): Pick<LeastRights, 'name' | 'on' | 'user' | 'master'>[] {
  const proxy = quoteAt(proxied, '%');
  return [
    {
      // The PROXY brings a grant option on everything, which this master cannot take away again.
      name: 'PROXY with its option, without the grant option on everything',
      user: [`GRANT PROXY ON ${proxy} TO @USER WITH GRANT OPTION`, 'REVOKE GRANT OPTION ON *.* FROM @USER'],
      master: [
        `GRANT PROXY ON ${proxy} TO @MASTER WITH GRANT OPTION`,
        'REVOKE GRANT OPTION ON *.* FROM @MASTER',
      ],
    },
  ];
}
