import type { Server } from '../connection/server';
import { statement } from '../connection/statement';
import { isMandatory } from './mandatory-roles';
import { ofKind, quoteGrantee, type Difference, type Right, type RoleRight } from './rights';
import type { Change } from './static-statements';

function setDefaultRoles(
  wanted: readonly Right[],
  rights: Right[],
  account: string,
  product: Server['product'],
): Change {
  const roles = wanted.filter(ofKind('default role')).map(({ role }) => quoteGrantee(role));
  const list = roles.join(', ') || 'NONE';
  const sql = `SET DEFAULT ROLE ${list} ${product === 'MySQL' ? 'TO' : 'FOR'} ${account}`;
  return { statement: statement('setting the default role', sql), rights };
}

/**
 * Granting a role that is held with ADMIN OPTION does not take the option away; MySQL needs a REVOKE first, which
 * ends the role in open sessions until the GRANT right behind it, and takes the default role too. A mandatory role is
 * revoked by IF EXISTS only: then the server warns (ER_MANDATORY_ROLE) and does it, and sessions keep the role
 * (tried on MySQL 9.7).
 */
export function roleStage(
  { missing, extra }: Difference,
  wanted: readonly Right[],
  account: string,
  product: Server['product'],
  mandatoryRoles: string,
): Change[] {
  const isRole = ofKind('role');
  const successors = new Map(missing.filter(isRole).map((right) => [quoteGrantee(right.role), right]));
  const write = (label: string, sql: string, right: RoleRight): Change => ({
    statement: statement(label, sql),
    rights: [right],
  });
  const grant = (right: RoleRight) =>
    write(
      'granting a role',
      `GRANT ${quoteGrantee(right.role)} TO ${account}${right.admin ? ' WITH ADMIN OPTION' : ''}`,
      right,
    );
  const revoked = extra.filter(isRole).filter((right) => !successors.get(quoteGrantee(right.role))?.admin);
  const changes = revoked.flatMap((right) => {
    const role = quoteGrantee(right.role);
    const successor = successors.get(role);
    successors.delete(role);
    const keepsRole = product === 'MariaDB' && successor !== undefined;
    const what = keepsRole ? `ADMIN OPTION FOR ${role}` : role;
    const form = product === 'MySQL' && isMandatory(mandatoryRoles, right.role) ? 'IF EXISTS ' : '';
    const revoke = write('revoking a role', `REVOKE ${form}${what} FROM ${account}`, right);
    return successor === undefined ? [revoke] : [revoke, grant(successor)];
  });
  const lost = new Set(revoked.map(({ role }) => quoteGrantee(role)));
  const defaults = wanted.filter(ofKind('default role')).filter(({ role }) => lost.has(quoteGrantee(role)));
  return [
    // The default roles below can be set only when all of them are held.
    ...[...successors.values()].map(grant),
    ...changes,
    ...(product === 'MySQL' && defaults.length > 0
      ? [setDefaultRoles(wanted, defaults, account, product)]
      : []),
  ];
}

/** Default roles are set as a whole. */
export function defaultRoleStage(
  { missing, extra }: Difference,
  wanted: readonly Right[],
  account: string,
  product: Server['product'],
): Change[] {
  const rights = [...missing, ...extra].filter(ofKind('default role'));
  return rights.length === 0 ? [] : [setDefaultRoles(wanted, rights, account, product)];
}
