import type { Server } from '../connection/server';
import {
  quoteGrantee,
  type DefaultRole,
  type Difference,
  type DynamicRight,
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

function privilegeStage(todo: Difference, account: string): Stage {
  const proxies = (verb: 'GRANT' | 'REVOKE', rights: readonly Right[]): Change[] =>
    rights.filter(isProxy).map((right) => {
      const on = quoteGrantee(right.on);
      const tail = verb === 'GRANT' && right.grantable ? ' WITH GRANT OPTION' : '';
      const sql = `${verb} PROXY ON ${on} ${verb === 'GRANT' ? 'TO' : 'FROM'} ${account}${tail}`;
      return { statement: statement('changing PROXY', sql), rights: [right] };
    });
  return [
    // Before the static GRANT OPTION, whose revoking leaves dynamic ones half revoked in the server's memory.
    ...revokeDynamic(dynamicToRevoke(todo), account),
    // PROXY first: granting it with its option sets the global GRANT OPTION too, which the next reading finds.
    ...proxies('REVOKE', todo.extra),
    ...proxies('GRANT', todo.missing),
    ...grantStatic(todo.missing.filter(isStatic), account),
    ...revokeStatic(todo.extra.filter(isStatic), account),
    ...grantDynamic(todo.missing.filter(isDynamic), account),
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

/** Granting a role that is held with ADMIN OPTION does not take the option away; MySQL needs a REVOKE first. */
function roleStage({ missing, extra }: Difference, account: string, product: Server['product']): Stage {
  const isRole = ofKind('role');
  const wanted = new Map(missing.filter(isRole).map((right) => [quoteGrantee(right.role), right]));
  const write = (label: string, sql: string, right: RoleRight): Change => ({
    statement: statement(label, sql),
    rights: [right],
  });
  const revokes = extra.filter(isRole).flatMap((right) => {
    const role = quoteGrantee(right.role);
    const successor = wanted.get(role);
    if (successor?.admin === true) return [];
    const keepsRole = product === 'MariaDB' && successor !== undefined;
    const what = keepsRole ? `ADMIN OPTION FOR ${role}` : role;
    return [write('revoking a role', `REVOKE ${what} FROM ${account}`, right)];
  });
  const grants = [...wanted].map(([role, right]) =>
    write('granting a role', `GRANT ${role} TO ${account}${right.admin ? ' WITH ADMIN OPTION' : ''}`, right),
  );
  return [...revokes, ...grants];
}

/** Default roles are set as a whole. */
function defaultRoleStage(
  { missing, extra }: Difference,
  wanted: readonly DefaultRole[],
  account: string,
  product: Server['product'],
): Stage {
  const isDefault = ofKind('default role');
  const rights = [...missing.filter(isDefault), ...extra.filter(isDefault)];
  if (rights.length === 0) return [];
  const roles = wanted.map(({ role }) => quoteGrantee(role)).join(', ') || 'NONE';
  const sql = `SET DEFAULT ROLE ${roles} ${product === 'MySQL' ? 'TO' : 'FOR'} ${account}`;
  return [{ statement: statement('setting the default role', sql), rights }];
}

/**
 * The statements that make an account's rights equal, in stages: each stage presupposes those before it, and
 * what one does to another kind of right is found by reading again. Empty stages are left out.
 */
export function reconcileStages(
  todo: Difference,
  wantedDefaults: readonly DefaultRole[],
  account: string,
  product: Server['product'],
): Stage[] {
  return [
    privilegeStage(todo, account),
    restrictionStage(todo, account),
    roleStage(todo, account, product),
    defaultRoleStage(todo, wantedDefaults, account, product),
  ].filter((stage) => stage.length > 0);
}
