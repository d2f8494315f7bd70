import type { Server } from '../connection/server';
import { ofKind, quoteGrantee, rightsFrom, type Grantee, type Rights } from './rights';

/** A name in one of three quotes, or bare; then perhaps `@` and a host in the same forms. */
const ROLE = /\s*(?:`((?:[^`]|``)*)`|'((?:[^']|'')*)'|"((?:[^"]|"")*)"|([^,@\s]+))\s*([@,]|$)/y;

/**
 * The roles of MySQL's variable `mandatory_roles`: a list of role names in the forms that SQL allows, in which a
 * host that is left out is `%` (Reference Manual, "Server System Variables").
 */
export function parseMandatoryRoles(list: string): Grantee[] {
  const roles: Grantee[] = [];
  let username: string | undefined;
  ROLE.lastIndex = 0;
  for (let match = ROLE.exec(list); match !== null; match = ROLE.exec(list)) {
    const [, backticked, single, double, bare, end] = match;
    const name =
      bare ??
      backticked?.replaceAll('``', '`') ??
      single?.replaceAll("''", "'") ??
      double?.replaceAll('""', '"') ??
      '';
    if (end === '@') username = name;
    else {
      roles.push(
        username === undefined ? { username: name, host: '%' } : { username, host: name.toLowerCase() },
      );
      username = undefined;
    }
    if (end === '') break;
  }
  return roles;
}

/** Whether `mandatory_roles` names the role. */
export function isMandatory(list: string, role: Grantee): boolean {
  const name = quoteGrantee(role);
  return parseMandatoryRoles(list).some((mandatory) => quoteGrantee(mandatory) === name);
}

/**
 * Default roles that an account has not: they were mandatory once, or the row was written by hand. Nobody can set them
 * for another account (ER_ROLE_NOT_GRANTED), and at a login they do nothing. MySQL.
 */
export function idleDefaultRoles(rights: Rights, { product, mandatoryRoles }: Server): Rights {
  if (product === 'MariaDB') return new Map();
  const held = new Set([...rights.values()].filter(ofKind('role')).map(({ role }) => quoteGrantee(role)));
  const defaults = [...rights.values()].filter(ofKind('default role'));
  return rightsFrom(
    defaults.filter(({ role }) => !held.has(quoteGrantee(role)) && !isMandatory(mandatoryRoles, role)),
  );
}
