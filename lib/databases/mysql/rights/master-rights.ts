import type { Flavour } from '../accounts/flavour';
import { foldCase } from '../connection/fold-case';
import { literalPattern, quoteAccount } from '../connection/quote';
import { patternCovers } from './pattern';
import { reachRoles, remembering } from './reachable-roles';
import {
  foldedObject,
  objectOf,
  quoteGrantee,
  type Grantee,
  type Right,
  type Scope,
  type StaticRight,
} from './rights';
import type { Server } from '../connection/server';
import type { Session } from '../connection/session';

/** The master's own account with all that it may use: its rights, and those of the roles that are active. */
export interface Master {
  /** Quoted, for a statement that an administrator could run. */
  account: string;
  rights: readonly Right[];
  /** Database names are no patterns on this server. */
  literalPatterns: boolean;
}

/** `r`@`h`,`s`@`h` on MySQL, r on MariaDB, NONE or null where no role is active. */
function parseRoles(current: string | null): Grantee[] {
  if (current === null || current === 'NONE') return [];
  const quoted = [...current.matchAll(/`((?:[^`]|``)*)`@`((?:[^`]|``)*)`/g)];
  if (quoted.length === 0) return [{ username: current, host: undefined }];
  return quoted.map(([, username = '', host = '']) => ({ username: username.replaceAll('``', '`'), host }));
}

/** Reads what the session's own user may do. */
export async function readMaster(
  session: Session,
  flavour: Flavour,
  { literalPatterns }: Server,
): Promise<Master> {
  const [self] = await session.rows<{ account: string; roles: string | null }>(
    'asking who the master is',
    'SELECT CURRENT_USER() AS account, CURRENT_ROLE() AS roles',
  );
  const account = self?.account ?? '';
  const at = account.lastIndexOf('@');
  const own: Grantee = { username: account.slice(0, at), host: account.slice(at + 1) };
  const read = remembering((username) => flavour.readUser(session, username));
  const held = (await read(own.username)).accounts.get(own.host ?? '')?.rights ?? new Map<string, Right>();
  // A role's own roles are active with it; the master's are only those that CURRENT_ROLE() lists.
  const roles = await reachRoles(read, parseRoles(self?.roles ?? null));
  const rights = [held, ...roles.map((role) => role.rights)].flatMap((some) => [...some.values()]);
  return { account: quoteAccount(own.username, own.host ?? '%'), rights, literalPatterns };
}

const databaseOf = (scope: Scope): string | undefined => ('database' in scope ? scope.database : undefined);

/** Whether holding rights on `held` is holding them on `wanted`. */
function reaches(held: Scope, wanted: Scope, literalPatterns: boolean): boolean {
  if (held.level === 'global') return true;
  const database = databaseOf(wanted);
  if (database === undefined) return false;
  if (held.level === 'database') {
    if (literalPatterns) return held.database === database;
    const pattern = wanted.level === 'database' ? database : literalPattern(database);
    return patternCovers(held.database, pattern);
  }
  if (foldedObject(held) !== foldedObject(wanted)) return false;
  return (
    held.level !== 'column' ||
    (wanted.level === 'column' && foldCase(wanted.column) === foldCase(held.column))
  );
}

function holds({ rights, literalPatterns }: Master, privilege: string, scope: Scope): boolean {
  return rights.some(
    (held) =>
      held.kind === 'static' &&
      (held.privilege === privilege || held.privilege === 'ALL PRIVILEGES') &&
      reaches(held.scope, scope, literalPatterns),
  );
}

/** Holds a privilege without counting what it holds on everything. */
function holdsBelow(master: Master, privilege: string, scope: Scope): boolean {
  const rights = master.rights.filter((held) => held.kind !== 'static' || held.scope.level !== 'global');
  return holds({ ...master, rights }, privilege, scope);
}

const EVERYTHING: Scope = { level: 'global' };

function mayGiveStatic(master: Master, { privilege, scope }: StaticRight): boolean {
  const database = databaseOf(scope);
  const restrictions = master.rights.filter(
    (held) => held.kind === 'restriction' && held.privilege === privilege,
  );
  // A restricted master would pass its restrictions on; and what it holds on everything but one database, it
  // does not hold there.
  if (
    database !== undefined &&
    restrictions.some((held) => 'database' in held && held.database === database)
  ) {
    return holdsBelow(master, privilege, scope) && holds(master, 'GRANT OPTION', tableOf(scope));
  }
  const restricted = scope.level === 'global' && restrictions.length > 0;
  // A column's right may be given by whoever may give it on the table.
  return !restricted && holds(master, privilege, scope) && holds(master, 'GRANT OPTION', tableOf(scope));
}

function tableOf(scope: Scope): Scope {
  if (scope.level !== 'column') return scope;
  return { level: 'table', database: scope.database, table: scope.table };
}

function mayGiveRole({ rights }: Master, role: Grantee, product: Flavour['product']): boolean {
  const name = quoteGrantee(role);
  return rights.some(
    (held) =>
      (held.kind === 'role' && held.admin && quoteGrantee(held.role) === name) ||
      (product === 'MySQL' &&
        ((held.kind === 'dynamic' && held.privilege === 'ROLE_ADMIN') ||
          (held.kind === 'static' && held.privilege === 'SUPER'))),
  );
}

function mayGiveProxy({ rights }: Master, on: Grantee): boolean {
  return rights.some(
    (held) =>
      held.kind === 'proxy' &&
      held.grantable &&
      (held.on.username === '' || quoteGrantee(held.on) === quoteGrantee(on)),
  );
}

/** Whether the master has a dynamic privilege, with its option or without. */
export function holdsDynamic({ rights }: Master, privilege: string): boolean {
  return rights.some((held) => held.kind === 'dynamic' && held.privilege === privilege);
}

/** Tells whether the master may give a right, and take it away, which the server allows in the same cases. */
export function mayGive(master: Master, right: Right, product: Flavour['product']): boolean {
  switch (right.kind) {
    case 'static':
      return mayGiveStatic(master, right);
    case 'dynamic':
      return (
        master.rights.some(
          (held) => held.kind === 'dynamic' && held.privilege === right.privilege && held.grantable,
        ) &&
        // To pass the option on, the master needs the static one too.
        (!right.grantable || holds(master, 'GRANT OPTION', EVERYTHING))
      );
    case 'restriction':
      return mayGiveStatic(master, {
        kind: 'static',
        privilege: right.privilege,
        scope: { level: 'global' },
      });
    case 'role':
      return mayGiveRole(master, right.role, product);
    case 'default role':
      // MariaDB lets only those set it for others who may write its grant tables.
      return product === 'MySQL' || holds(master, 'UPDATE', { level: 'database', database: 'mysql' });
    case 'proxy':
      // With its option the server grants the global GRANT OPTION too, which is then taken back.
      return (
        mayGiveProxy(master, right.on) && (!right.grantable || holds(master, 'GRANT OPTION', EVERYTHING))
      );
  }
}

/** The statements with which an administrator gives the master what it lacks. */
export function remedy(master: Master, right: Right, product: Flavour['product']): string {
  const give = (what: string) => `GRANT ${what} TO ${master.account} WITH GRANT OPTION`;
  const option = `; ${give('USAGE ON *.*')}`;
  switch (right.kind) {
    case 'role':
      return `GRANT ${quoteGrantee(right.role)} TO ${master.account} WITH ADMIN OPTION`;
    case 'default role':
      return product === 'MariaDB'
        ? `GRANT UPDATE ON mysql.* TO ${master.account}`
        : `GRANT ${quoteGrantee(right.role)} TO ${master.account} WITH ADMIN OPTION`;
    case 'proxy':
      return `${give(`PROXY ON ${quoteGrantee(right.on)}`)}${right.grantable ? option : ''}`;
    case 'static': {
      const privilege = right.privilege === 'GRANT OPTION' ? 'USAGE' : right.privilege;
      return give(`${privilege} ON ${objectOf(tableOf(right.scope))}`);
    }
    case 'dynamic':
      return `${give(`${right.privilege} ON *.*`)}${right.grantable ? option : ''}`;
    case 'restriction':
      return give(`${right.privilege} ON *.*`);
  }
}
