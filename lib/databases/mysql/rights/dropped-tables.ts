import { foldCase } from '../connection/fold-case';
import type { Server } from '../connection/server';
import type { Session } from '../connection/session';
import type { Difference, Right, Scope } from './rights';

type TableScope = Extract<Scope, { level: 'table' }>;

type Fold = (name: string) => string;

const keyOf = ({ database, table }: Omit<TableScope, 'level'>, fold: Fold): string =>
  JSON.stringify([fold(database), fold(table)]);

function tablesOf(todo: readonly Difference[]): TableScope[] {
  return todo.flatMap(({ missing }) =>
    missing.flatMap((right) =>
      right.kind === 'static' && right.scope.level === 'table' ? [right.scope] : [],
    ),
  );
}

/**
 * Rights outlive their tables. To give one on a table that is gone takes CREATE on it, because only then the
 * server does not look for the table. Tables on which the master has no right at all count as gone; for those
 * it lacks the right itself too.
 * @returns tells for a right what else the master must hold to give it
 */
export async function readCreationNeeds(
  session: Session,
  { foldsNames }: Pick<Server, 'foldsNames'>,
  todo: readonly Difference[],
): Promise<(right: Right) => Right | undefined> {
  const tables = tablesOf(todo);
  const databases = [...new Set(tables.map(({ database }) => database))];
  if (databases.length === 0) return () => undefined;
  const rows = await session.rows<{ db: string; name: string }>(
    'looking for tables',
    `SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA IN (${databases.map(() => '?').join(', ')})`,
    databases,
  );
  // With lower_case_table_names=2 a table keeps its capitals, and rights on it have none.
  const fold: Fold = foldsNames ? foldCase : (name) => name;
  const existing = new Set(rows.map(({ db, name }) => keyOf({ database: db, table: name }, fold)));
  return (right) => {
    if (right.kind !== 'static' || right.scope.level !== 'table' || existing.has(keyOf(right.scope, fold)))
      return undefined;
    return { kind: 'static', scope: right.scope, privilege: 'CREATE' };
  };
}
