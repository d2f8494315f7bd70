import { quoteName } from '../connection/quote';
import { describeRight, objectOf, type Right, type Scope, type StaticRight } from './rights';
import { statement, type Statement } from '../connection/statement';

/** One statement and the rights that it is about, so that a refusal can be told right by right. */
export interface Change {
  statement: Statement;
  rights: Right[];
  /** How to give rights on a table that was dropped: with CREATE the server does not look for the table. */
  withoutTable?: Statement[];
}

export function groups<Item>(items: readonly Item[], key: (item: Item) => string): Item[][] {
  return [...Map.groupBy(items, key).values()];
}

/** `SELECT (a, b), INSERT`: privileges of one object, columns gathered behind theirs. */
function privilegeList(rights: readonly StaticRight[]): string[] {
  return [...Map.groupBy(rights, ({ privilege }) => privilege)].map(([privilege, same]) => {
    const columns = same.flatMap(({ scope }) => (scope.level === 'column' ? [quoteName(scope.column)] : []));
    return columns.length === 0 ? privilege : `${privilege} (${columns.join(', ')})`;
  });
}

/** Column rights and table rights of one privilege cannot share a statement: one would swallow the other. */
const objectKey = ({ scope, privilege }: StaticRight): string =>
  // MariaDB wants the master to hold every privilege of a statement on every column in it.
  `${scope.level} ${scope.level === 'column' ? privilege : ''} ${objectOf(scope)}`;

function onDroppedTable(
  scope: Scope,
  rights: StaticRight[],
  account: string,
  tail: string,
  wanted: readonly Right[],
): Statement[] | undefined {
  if (scope.level !== 'table') return undefined;
  const object = objectOf(scope);
  const names = privilegeList(rights.filter(({ privilege }) => privilege !== 'GRANT OPTION'));
  const label = `granting on ${object}`;
  if (names.includes('CREATE')) return undefined;
  const keepsCreate = wanted.some(
    (right) => describeRight(right) === describeRight({ kind: 'static', scope, privilege: 'CREATE' }),
  );
  return [
    statement(label, `GRANT ${['CREATE', ...names].join(', ')} ON ${object} TO ${account}${tail}`),
    ...(keepsCreate ? [] : [statement(label, `REVOKE CREATE ON ${object} FROM ${account}`)]),
  ];
}

/** @param wanted all rights that the account shall have */
export function grantStatic(rights: StaticRight[], account: string, wanted: readonly Right[]): Change[] {
  return groups(rights, objectKey).map((group) => {
    const { scope } = group[0] as StaticRight;
    const object = objectOf(scope);
    const given = group.filter(({ privilege }) => privilege !== 'GRANT OPTION');
    const tail = given.length < group.length ? ' WITH GRANT OPTION' : '';
    const names = privilegeList(given).join(', ') || 'USAGE';
    const withoutTable = onDroppedTable(scope, group, account, tail, wanted);
    return {
      statement: statement(`granting on ${object}`, `GRANT ${names} ON ${object} TO ${account}${tail}`),
      rights: group,
      ...(withoutTable === undefined ? {} : { withoutTable }),
    };
  });
}

/**
 * The global GRANT OPTION has a statement of its own. In one with all other global privileges MySQL 9.7 takes it for
 * REVOKE ALL PRIVILEGES, GRANT OPTION, and the rights on every level go.
 */
const revokeKey = (right: StaticRight): string =>
  `${objectKey(right)} ${right.scope.level === 'global' && right.privilege === 'GRANT OPTION'}`;

export function revokeStatic(rights: StaticRight[], account: string): Change[] {
  // Columns first: revoking on a table takes the privilege from its columns too, and what is gone cannot be revoked.
  const columnsFirst = rights.toSorted(
    (one, other) => Number(other.scope.level === 'column') - Number(one.scope.level === 'column'),
  );
  return groups(columnsFirst, revokeKey).map((group) => {
    const object = objectOf((group[0] as StaticRight).scope);
    const sql = `REVOKE ${privilegeList(group).join(', ')} ON ${object} FROM ${account}`;
    return { statement: statement(`revoking on ${object}`, sql), rights: group };
  });
}
