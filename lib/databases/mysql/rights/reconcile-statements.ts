import type { Server } from '../connection/server';
import { isMandatory } from './mandatory-roles';
import {
  objectOf,
  quoteGrantee,
  type Difference,
  type DynamicRight,
  type ProxyRight,
  type Restriction,
  type Right,
  type RoleRight,
} from './rights';
import { quoteName } from '../connection/quote';
import { statement } from '../connection/statement';
import { grantStatic, groups, revokeStatic, type Change } from './static-statements';

/** Statements that do not depend on one another's effects; after each stage the rights are read again. */
export type Stage = Change[];

const ofKind =
  <Kind extends Right['kind']>(kind: Kind) =>
  (right: Right): right is Extract<Right, { kind: Kind }> =>
    right.kind === kind;

const isStatic = ofKind('static');
const isDynamic = ofKind('dynamic');
const isProxy = ofKind('proxy');

function grantDynamic(rights: DynamicRight[], account: string): Change[] {
  return groups(rights, ({ grantable }) => String(grantable)).map((group) => {
    const names = group.map(({ privilege }) => privilege).join(', ');
    const tail = group[0]?.grantable === true ? ' WITH GRANT OPTION' : '';
    return {
      statement: statement('granting dynamic privileges', `GRANT ${names} ON *.* TO ${account}${tail}`),
      rights: group,
    };
  });
}

function revokeDynamic(rights: DynamicRight[], account: string): Change[] {
  if (rights.length === 0) return [];
  const names = rights.map(({ privilege }) => privilege).join(', ');
  return [
    {
      statement: statement('revoking dynamic privileges', `REVOKE ${names} ON *.* FROM ${account}`),
      rights,
    },
  ];
}

/** A dynamic privilege loses its grant option only by being revoked and granted again; it gains it by a GRANT alone. */
function dynamicToRevoke({ missing, extra }: Difference): DynamicRight[] {
  const gaining = new Set(
    missing.filter(isDynamic).flatMap(({ privilege, grantable }) => (grantable ? [privilege] : [])),
  );
  return extra.filter(isDynamic).filter(({ privilege }) => !gaining.has(privilege));
}

/** A change of PROXY. MySQL replaces the option in place; MariaDB would do so in memory only (tried on 10.11, 11.8). */
function proxyChanges({ missing, extra }: Difference, account: string, product: Server['product']): Change[] {
  const write = (verb: 'GRANT' | 'REVOKE', right: ProxyRight): Change => {
    const on = quoteGrantee(right.on);
    const tail = verb === 'GRANT' && right.grantable ? ' WITH GRANT OPTION' : '';
    const sql = `${verb} PROXY ON ${on} ${verb === 'GRANT' ? 'TO' : 'FROM'} ${account}${tail}`;
    return { statement: statement('changing PROXY', sql), rights: [right] };
  };
  const wanted = new Map(missing.filter(isProxy).map((right) => [quoteGrantee(right.on), right]));
  const changed = extra.filter(isProxy).flatMap((right) => {
    const successor = wanted.get(quoteGrantee(right.on));
    if (successor === undefined) return [write('REVOKE', right)];
    wanted.delete(quoteGrantee(right.on));
    const grant = write('GRANT', successor);
    return product === 'MySQL' ? [grant] : [write('REVOKE', right), grant];
  });
  return [...changed, ...[...wanted.values()].map((right) => write('GRANT', right))];
}

/**
 * What a REVOKE takes away beside its own rights, given back at once. On a table it takes the columns' too. Of the
 * global GRANT OPTION it clears the dynamic privileges' options on disk (tried on MySQL 9.7 and MariaDB).
 */
function givenBack({ rights }: Change, wanted: readonly Right[], account: string): Change[] {
  const names = new Set(rights.flatMap((right) => (isStatic(right) ? [right.privilege] : [])));
  const [first] = rights.filter(isStatic);
  if (first?.scope.level === 'table') {
    const object = objectOf(first.scope);
    const columns = wanted
      .filter(isStatic)
      .filter(
        ({ scope, privilege }) =>
          scope.level === 'column' && objectOf(scope) === object && names.has(privilege),
      );
    return grantStatic(columns, account, wanted);
  }
  if (first?.scope.level === 'global' && names.has('GRANT OPTION')) {
    return grantDynamic(
      wanted.filter(isDynamic).filter(({ grantable }) => grantable),
      account,
    );
  }
  return [];
}

function privilegeStage(
  todo: Difference,
  wanted: readonly Right[],
  account: string,
  product: Server['product'],
): Stage {
  const missing = todo.missing.filter(isDynamic);
  const toRevoke = dynamicToRevoke(todo);
  const isReplaced = ({ privilege }: DynamicRight) =>
    toRevoke.some((right) => right.privilege === privilege) &&
    missing.some((right) => right.privilege === privilege);
  return [
    // Before the static GRANT OPTION, whose revoking leaves dynamic ones half revoked in the server's memory.
    ...revokeDynamic(
      toRevoke.filter((right) => !isReplaced(right)),
      account,
    ),
    ...revokeDynamic(toRevoke.filter(isReplaced), account),
    ...grantDynamic(missing.filter(isReplaced), account),
    // PROXY first: granting it with its option sets the global GRANT OPTION too, which the next reading finds.
    ...proxyChanges(todo, account, product),
    ...grantStatic(todo.missing.filter(isStatic), account, wanted),
    ...revokeStatic(todo.extra.filter(isStatic), account).flatMap((change) => [
      change,
      ...givenBack(change, wanted, account),
    ]),
    ...grantDynamic(
      missing.filter((right) => !isReplaced(right)),
      account,
    ),
  ];
}

/** A restriction is lifted by granting the privilege on the database, and set by revoking it there. */
function restrictionStage({ missing, extra }: Difference, account: string): Stage {
  const write = (rights: readonly Right[], sql: (names: string, object: string) => string): Change[] =>
    groups(rights.filter(ofKind('restriction')), ({ database }: Restriction) => database).map((group) => {
      const object = `${quoteName((group[0] as Restriction).database)}.*`;
      const names = group.map(({ privilege }) => privilege).join(', ');
      return { statement: statement(`restricting on ${object}`, sql(names, object)), rights: group };
    });
  return [
    ...write(extra, (names, object) => `GRANT ${names} ON ${object} TO ${account}`),
    ...write(missing, (names, object) => `REVOKE ${names} ON ${object} FROM ${account}`),
  ];
}

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
function roleStage(
  { missing, extra }: Difference,
  wanted: readonly Right[],
  account: string,
  product: Server['product'],
  mandatoryRoles: string,
): Stage {
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
function defaultRoleStage(
  { missing, extra }: Difference,
  wanted: readonly Right[],
  account: string,
  product: Server['product'],
): Stage {
  const rights = [...missing, ...extra].filter(ofKind('default role'));
  return rights.length === 0 ? [] : [setDefaultRoles(wanted, rights, account, product)];
}

/**
 * The statements that make an account's rights equal, in stages: each stage presupposes those before it, and
 * what one does to another kind of right is found by reading again. Empty stages are left out. No statement takes
 * away a right that is wanted, except where the server has no other: what such a one takes, the next one gives back.
 * @param wanted all rights that the account shall have
 * @param mandatoryRoles as the server writes them
 */
export function reconcileStages(
  todo: Difference,
  wanted: readonly Right[],
  account: string,
  product: Server['product'],
  mandatoryRoles = '',
): Stage[] {
  return [
    privilegeStage(todo, wanted, account, product),
    restrictionStage(todo, account),
    roleStage(todo, wanted, account, product, mandatoryRoles),
    defaultRoleStage(todo, wanted, account, product),
  ].filter((stage) => stage.length > 0);
}
