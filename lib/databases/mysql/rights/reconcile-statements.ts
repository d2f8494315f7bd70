import type { Server } from '../connection/server';
import { dynamicToRevoke, grantDynamic, revokeDynamic } from './dynamic-statements';
import {
  objectOf,
  ofKind,
  quoteGrantee,
  type Difference,
  type DynamicRight,
  type ProxyRight,
  type Restriction,
  type Right,
} from './rights';
import { defaultRoleStage, roleStage } from './role-statements';
import { quoteName } from '../connection/quote';
import { statement } from '../connection/statement';
import { grantStatic, groups, revokeStatic, type Change } from './static-statements';

/** Statements that are sent one after the other; after each stage the rights are read again. */
export type Stage = Change[];

const isStatic = ofKind('static');
const isDynamic = ofKind('dynamic');
const isProxy = ofKind('proxy');

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
