import { GrantReader, unreadable } from './grant-reader';
import { rightsFrom, type Grantee, type Right, type Rights, type Scope } from './rights';

/**
 * A parser of the rows of SHOW GRANTS, which is the one way to see the rights that the server holds in memory,
 * and the one way for a user to see its own. The session must have `sql_mode = ''` and
 * `sql_quote_show_create = 1` (see session.ts), which makes every name a backticked identifier.
 *
 * Only what stands before the grantee, and a grant option behind it, are read: behind the grantee MariaDB
 * prints a hash and, unescaped, the names of certificates.
 */

interface Privilege {
  privilege: string;
  columns: string[];
}

function readList<Item>(reader: GrantReader, item: () => Item): Item[] {
  const items = [item()];
  while (reader.takes(',')) items.push(item());
  return items;
}

function readPrivilege(reader: GrantReader): Privilege {
  const words = [reader.word()];
  while (reader.nextIsWord() && !reader.isNext('ON')) words.push(reader.word());
  if (!reader.takes('(')) return { privilege: words.join(' '), columns: [] };
  const columns = readList(reader, () => reader.name());
  reader.expect(')');
  return { privilege: words.join(' '), columns };
}

/** `*.*`, `db`.*, `db`.`table`, or PROCEDURE `db`.`name` and its like. */
function readScope(reader: GrantReader): Scope {
  const type: string[] = [];
  while (reader.nextIsWord()) type.push(reader.word());
  if (reader.takes('*')) {
    reader.expect('.');
    reader.expect('*');
    return { level: 'global' };
  }
  const database = reader.name();
  reader.expect('.');
  if (reader.takes('*')) return { level: 'database', database };
  const name = reader.name();
  const words = type.join(' ');
  return words === '' || words === 'TABLE'
    ? { level: 'table', database, table: name }
    : { level: 'routine', database, type: words, name };
}

function readGrantee(reader: GrantReader): Grantee {
  // MariaDB writes the role that every user has as a word.
  if (reader.takes('PUBLIC')) return { username: 'PUBLIC', host: undefined };
  const username = reader.name();
  return { username, host: reader.takes('@') ? reader.name() : undefined };
}

/** MySQL's dynamic privileges are single words with underscores; static ones have blanks (MariaDB: READ_ONLY ADMIN). */
const isDynamicName = (privilege: string): boolean => privilege.includes('_') && !privilege.includes(' ');

function staticRights(privileges: Privilege[], scope: Scope): Right[] {
  return privileges.flatMap(({ privilege, columns }): Right[] => {
    if (privilege === 'USAGE') return [];
    if (scope.level !== 'table' || columns.length === 0) return [{ kind: 'static', scope, privilege }];
    const { database, table } = scope;
    return columns.map((column) => ({
      kind: 'static',
      scope: { level: 'column', database, table, column },
      privilege,
    }));
  });
}

const GRANT_OPTION: Omit<Extract<Right, { kind: 'static' }>, 'scope'> = {
  kind: 'static',
  privilege: 'GRANT OPTION',
};

function readPrivileges(reader: GrantReader, verb: 'GRANT' | 'REVOKE'): Right[] {
  const privileges = readList(reader, () => readPrivilege(reader));
  reader.expect('ON');
  const scope = readScope(reader);
  reader.expect(verb === 'GRANT' ? 'TO' : 'FROM');
  readGrantee(reader);
  if (verb === 'REVOKE' && scope.level === 'database') {
    return privileges.map(({ privilege }) => ({ kind: 'restriction', database: scope.database, privilege }));
  }
  const grantable = reader.rest().endsWith(' WITH GRANT OPTION');
  const isDynamic = scope.level === 'global' && privileges.some(({ privilege }) => isDynamicName(privilege));
  if (isDynamic) return privileges.map(({ privilege }) => ({ kind: 'dynamic', privilege, grantable }));
  const option: Right[] = grantable ? [{ ...GRANT_OPTION, scope }] : [];
  return [...staticRights(privileges, scope), ...option];
}

function readRoles(reader: GrantReader): Right[] {
  const roles = readList(reader, () => readGrantee(reader));
  reader.expect('TO');
  readGrantee(reader);
  const admin = reader.rest().endsWith(' WITH ADMIN OPTION');
  return roles.map((role) => ({ kind: 'role', role, admin }));
}

/**
 * MySQL writes the accounts of PROXY like all others. MariaDB writes them in quotes that it does not escape: the
 * one that is known is cut off, and the other compared as it stands.
 */
function readProxy(row: string, reader: GrantReader, account: Grantee | undefined): Right[] {
  const grantable = row.endsWith(' WITH GRANT OPTION');
  reader.expect('PROXY');
  reader.expect('ON');
  if (reader.nextIsName()) return [{ kind: 'proxy', on: readGrantee(reader), grantable }];
  const rest = reader.rest().trimStart();
  const end = rest.lastIndexOf(` TO '${account?.username ?? ''}'@'${account?.host ?? ''}'`);
  if (end === -1) throw unreadable('the grantee of PROXY');
  return [{ kind: 'proxy', on: { username: rest.slice(0, end), host: undefined }, grantable }];
}

/**
 * @param account whose row it is
 * @throws {UnsupportedAccountError}
 */
export function parseGrant(row: string, account?: Grantee): Right[] {
  const reader = new GrantReader(row);
  if (reader.takes('REVOKE')) return readPrivileges(reader, 'REVOKE');
  if (reader.takes('SET')) {
    reader.expect('DEFAULT');
    reader.expect('ROLE');
    return [{ kind: 'default role', role: readGrantee(reader) }];
  }
  reader.expect('GRANT');
  if (reader.nextIsName()) return readRoles(reader);
  return reader.isNext('PROXY') ? readProxy(row, reader, account) : readPrivileges(reader, 'GRANT');
}

/** The rights of all rows of one account. @throws {UnsupportedAccountError} */
export function parseGrants(rows: readonly string[], account?: Grantee): Rights {
  return rightsFrom(rows.flatMap((row) => parseGrant(row, account)));
}
