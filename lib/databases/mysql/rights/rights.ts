import { foldCase } from '../connection/fold-case';
import { quoteAccount, quoteName } from '../connection/quote';

/**
 * Rights as data. The grantee is no part of a right, so that two users' sets compare; a set of rights is a map
 * from each right in words.
 */
export type Right = StaticRight | DynamicRight | Restriction | RoleRight | DefaultRole | ProxyRight;

/** What a privilege is about. Database names are patterns, kept byte for byte. */
export type Scope =
  | { level: 'global' }
  | { level: 'database'; database: string }
  | { level: 'table'; database: string; table: string }
  | { level: 'column'; database: string; table: string; column: string }
  | { level: 'routine'; database: string; type: string; name: string };

/** `GRANT OPTION` counts as a privilege of its scope. */
export interface StaticRight {
  kind: 'static';
  scope: Scope;
  privilege: string;
}

/** A global privilege that components define; each has a grant option of its own. MySQL 8+. */
export interface DynamicRight {
  kind: 'dynamic';
  privilege: string;
  grantable: boolean;
}

/** A partial revoke: a global privilege that does not hold for one database. MySQL 8+. */
export interface Restriction {
  kind: 'restriction';
  database: string;
  privilege: string;
}

/** An account's or role's name; roles of MariaDB have no host. */
export interface Grantee {
  username: string;
  host: string | undefined;
}

export interface RoleRight {
  kind: 'role';
  role: Grantee;
  admin: boolean;
}

export interface DefaultRole {
  kind: 'default role';
  role: Grantee;
}

export interface ProxyRight {
  kind: 'proxy';
  on: Grantee;
  grantable: boolean;
}

/** Tells the rights of one kind. */
export const ofKind =
  <Kind extends Right['kind']>(kind: Kind) =>
  (right: Right): right is Extract<Right, { kind: Kind }> =>
    right.kind === kind;

export type Rights = ReadonlyMap<string, Right>;

/** The object of a privilege, as GRANT writes it after ON. */
export function objectOf(scope: Scope): string {
  switch (scope.level) {
    case 'global':
      return '*.*';
    case 'database':
      return `${quoteName(scope.database)}.*`;
    case 'table':
    case 'column':
      return `${quoteName(scope.database)}.${quoteName(scope.table)}`;
    case 'routine':
      return `${scope.type} ${quoteName(scope.database)}.${quoteName(scope.name)}`;
  }
}

export function quoteGrantee({ username, host }: Grantee): string {
  return host === undefined ? quoteName(username) : quoteAccount(username, host);
}

/** A right in words, in GRANT's own, with names as they are stored; it is the key in a map of rights. */
export function describeRight(right: Right): string {
  switch (right.kind) {
    case 'static': {
      const column = right.scope.level === 'column' ? ` (${quoteName(right.scope.column)})` : '';
      return `${right.privilege}${column} ON ${objectOf(right.scope)}`;
    }
    case 'dynamic':
      return `${right.privilege} ON *.*${right.grantable ? ' WITH GRANT OPTION' : ''}`;
    case 'restriction':
      return `no ${right.privilege} ON ${quoteName(right.database)}.*`;
    case 'role':
      return `ROLE ${quoteGrantee(right.role)}${right.admin ? ' WITH ADMIN OPTION' : ''}`;
    case 'default role':
      return `DEFAULT ROLE ${quoteGrantee(right.role)}`;
    case 'proxy':
      return `PROXY ON ${quoteGrantee(right.on)}${right.grantable ? ' WITH GRANT OPTION' : ''}`;
  }
}

export function rightsFrom(rights: Iterable<Right>): Rights {
  return new Map(Array.from(rights, (right) => [describeRight(right), right]));
}

/** A scope with one spelling of the names that the server compares without regard to case. */
function folded(scope: Scope): Scope {
  if (scope.level === 'column') return { ...scope, column: foldCase(scope.column) };
  return scope.level === 'routine' ? { ...scope, name: foldCase(scope.name) } : scope;
}

/** The object of a privilege in one spelling. */
export function foldedObject(scope: Scope): string {
  return objectOf(folded(scope));
}

/** A right in words that are equal exactly for rights that are the same to the server. */
export function foldedRight(right: Right): string {
  return describeRight(right.kind === 'static' ? { ...right, scope: folded(right.scope) } : right);
}

/** Each right once, whatever its spellings. */
export function foldedRights(rights: Iterable<Right>): Map<string, Right> {
  return new Map(Array.from(rights, (right) => [foldedRight(right), right]));
}

export interface Difference {
  missing: Right[];
  extra: Right[];
}

/** In what the rights of two accounts differ for the server. */
export function difference(wanted: Rights, actual: Rights): Difference {
  const [left, right] = [foldedRights(wanted.values()), foldedRights(actual.values())];
  return {
    missing: [...left].filter(([key]) => !right.has(key)).map(([, one]) => one),
    extra: [...right].filter(([key]) => !left.has(key)).map(([, one]) => one),
  };
}

/** What AWS's own rotation template grants when neither user exists yet. */
const INITIAL_PRIVILEGES = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP'];

/** @param pattern the database's name, its wildcards escaped */
export function initialRights(pattern: string): Rights {
  return rightsFrom(
    INITIAL_PRIVILEGES.map((privilege) => ({
      kind: 'static',
      scope: { level: 'database', database: pattern },
      privilege,
    })),
  );
}
