import { quoteGrantee, type Grantee } from './rights';

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
