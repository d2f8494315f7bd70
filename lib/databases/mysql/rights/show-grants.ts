import { UnsupportedAccountError } from '../../../errors';
import { rightsFrom, type Grantee, type Right, type Rights, type Scope } from './rights';

/**
 * A parser of the rows of SHOW GRANTS, which is the one way to see the rights that the server holds in memory,
 * and the one way for a user to see its own. The session must have `sql_mode = ''` and
 * `sql_quote_show_create = 1` (see session.ts), which makes every name a backticked identifier.
 *
 * Only what stands before the grantee, and a grant option behind it, are read: behind the grantee MariaDB
 * prints a hash and, unescaped, the names of certificates.
 */

/** A row that is not of the known grammar. Its text is never quoted, since it may hold a hash. */
function unreadable(expected: string): UnsupportedAccountError {
  return new UnsupportedAccountError(
    `SHOW GRANTS has a row of a form that this release does not know (it expected ${expected})`,
  );
}

const TOKEN = /\s*(?:`((?:[^`]|``)*)`|([A-Za-z0-9_]+)|([(),.@*]))/y;

type Token = { name: string } | { word: string } | { mark: string };

class Reader {
  private position = 0;

  constructor(private readonly source: string) {}

  /** The next token, without taking it. */
  peek(): Token | undefined {
    const before = this.position;
    const token = this.next();
    this.position = before;
    return token;
  }

  next(): Token | undefined {
    TOKEN.lastIndex = this.position;
    const [match, name, word, mark] = TOKEN.exec(this.source) ?? [];
    if (match === undefined) return undefined;
    this.position += match.length;
    if (name !== undefined) return { name: name.replaceAll('``', '`') };
    return word !== undefined ? { word } : { mark: mark ?? '' };
  }

  takes(expected: string): boolean {
    const token = this.peek();
    if (token === undefined || 'name' in token) return false;
    if (('word' in token ? token.word : token.mark) !== expected) return false;
    this.next();
    return true;
  }

  expect(expected: string): void {
    if (!this.takes(expected)) throw unreadable(expected);
  }

  name(): string {
    const token = this.next();
    if (token === undefined || !('name' in token)) throw unreadable('a name');
    return token.name;
  }

  word(): string {
    const token = this.next();
    if (token === undefined || !('word' in token)) throw unreadable('a word');
    return token.word;
  }

  nextIsName(): boolean {
    const token = this.peek();
    return token !== undefined && 'name' in token;
  }

  nextIsWord(): boolean {
    const token = this.peek();
    return token !== undefined && 'word' in token;
  }

  rest(): string {
    return this.source.slice(this.position);
  }
}

interface Privilege {
  privilege: string;
  columns: string[];
}

function readList<Item>(reader: Reader, item: () => Item): Item[] {
  const items = [item()];
  while (reader.takes(',')) items.push(item());
  return items;
}

function readPrivilege(reader: Reader): Privilege {
  const words = [reader.word()];
  while (reader.nextIsWord() && !isNext(reader, 'ON')) words.push(reader.word());
  if (!reader.takes('(')) return { privilege: words.join(' '), columns: [] };
  const columns = readList(reader, () => reader.name());
  reader.expect(')');
  return { privilege: words.join(' '), columns };
}

function isNext(reader: Reader, word: string): boolean {
  const token = reader.peek();
  return token !== undefined && 'word' in token && token.word === word;
}

/** `*.*`, `db`.*, `db`.`table`, or PROCEDURE `db`.`name` and its like. */
function readScope(reader: Reader): Scope {
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

function readGrantee(reader: Reader): Grantee {
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

function readPrivileges(reader: Reader, verb: 'GRANT' | 'REVOKE'): Right[] {
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

function readRoles(reader: Reader): Right[] {
  const roles = readList(reader, () => readGrantee(reader));
  reader.expect('TO');
  readGrantee(reader);
  const admin = reader.rest().endsWith(' WITH ADMIN OPTION');
  return roles.map((role) => ({ kind: 'role', role, admin }));
}

/** @throws {UnsupportedAccountError} */
export function parseGrant(row: string): Right[] {
  const reader = new Reader(row);
  if (reader.takes('REVOKE')) return readPrivileges(reader, 'REVOKE');
  if (reader.takes('SET')) {
    reader.expect('DEFAULT');
    reader.expect('ROLE');
    return [{ kind: 'default role', role: readGrantee(reader) }];
  }
  reader.expect('GRANT');
  if (reader.nextIsName()) return readRoles(reader);
  if (!isNext(reader, 'PROXY')) return readPrivileges(reader, 'GRANT');
  // MariaDB writes the accounts of PROXY in quotes that it does not escape: nothing can be read from them.
  return [];
}

/** The rights of all rows of one account. @throws {UnsupportedAccountError} */
export function parseGrants(rows: readonly string[]): Rights {
  return rightsFrom(rows.flatMap(parseGrant));
}
