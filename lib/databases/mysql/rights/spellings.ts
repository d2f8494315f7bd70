import { UnsupportedAccountError } from '../../../errors';
import {
  describeRight,
  difference,
  foldedObject,
  foldedRight,
  rightsFrom,
  type Difference,
  type Right,
  type Rights,
  type Scope,
} from './rights';
import { foldCase } from '../connection/fold-case';
import { quoteName } from '../connection/quote';

/**
 * A server keeps the rights on each spelling of a column by themselves. Of a column with several it applies only those
 * that it finds first, and a REVOKE on one spelling can take the rights of another out of its memory (tried on MySQL 9.7,
 * MariaDB 10.11 and 11.8). Rights that shall hold are therefore given on every spelling that is there.
 */
type ColumnScope = Extract<Scope, { level: 'column' }>;

const placeOf = (scope: ColumnScope): string => `${foldedObject(scope)} ${foldCase(scope.column)}`;

/** The spellings of each column, by its place. */
function spellingsIn(rights: Iterable<Right>): (scope: ColumnScope) => Map<string, ColumnScope> {
  const places = new Map<string, Map<string, ColumnScope>>();
  for (const right of rights) {
    if (right.kind !== 'static' || right.scope.level !== 'column') continue;
    const place = placeOf(right.scope);
    places.set(
      place,
      (places.get(place) ?? new Map<string, ColumnScope>()).set(right.scope.column, right.scope),
    );
  }
  return (scope) => places.get(placeOf(scope)) ?? new Map<string, ColumnScope>();
}

/** What must be granted and revoked, name by name, so that `actual` is to the server what `wanted` is. */
export function changesTo(wanted: Rights, actual: Rights): Difference {
  const here = spellingsIn(actual.values());
  const there = spellingsIn(wanted.values());
  const asStored = (right: Right): Right[] => {
    if (right.kind !== 'static' || right.scope.level !== 'column') return [right];
    const stored = [...here(right.scope).values()];
    const [first = right.scope] = there(right.scope).values();
    return (stored.length === 0 ? [first] : stored).map((scope) => ({ ...right, scope }));
  };
  const isAbsent = (right: Right) => !actual.has(describeRight(right));
  const { missing } = difference(wanted, actual);
  const partly = [...wanted.values()].filter(
    (right) => right.kind === 'static' && right.scope.level === 'column' && here(right.scope).size > 1,
  );
  const needed = new Map([...missing, ...partly].map((right) => [foldedRight(right), right]));
  const kept = new Set(Array.from(wanted.values(), foldedRight));
  const extra = [...actual.values()].filter((right) => !kept.has(foldedRight(right)));
  return {
    missing: [...needed.values()].flatMap(asStored).filter(isAbsent),
    extra: [...rightsFrom(extra.map((right) => onTable(right, here, wanted))).values()],
  };
}

/**
 * The right on a whole table in place of one on a column with several spellings, unless something of it is to stay:
 * revoking it takes the privilege from every column, in memory too.
 */
function onTable(right: Right, here: ReturnType<typeof spellingsIn>, wanted: Rights): Right {
  if (right.kind !== 'static' || right.scope.level !== 'column' || here(right.scope).size < 2) return right;
  const { privilege, scope } = right;
  const stays = [...wanted.values()].some(
    (other) =>
      other.kind === 'static' &&
      other.privilege === privilege &&
      (other.scope.level === 'column' || other.scope.level === 'table') &&
      foldedObject(other.scope) === foldedObject(scope),
  );
  if (stays) return right;
  return {
    kind: 'static',
    privilege,
    scope: { level: 'table', database: scope.database, table: scope.table },
  };
}

/**
 * Requires that no right must be taken from one of several spellings alone.
 * @throws {UnsupportedAccountError} before anything is changed, with the statements that leave one spelling.
 */
export function requireRevocable(account: string, actual: Rights, { extra }: Difference): void {
  const here = spellingsIn(actual.values());
  const ambiguous = extra.find(
    (right) => right.kind === 'static' && right.scope.level === 'column' && here(right.scope).size > 1,
  );
  if (ambiguous?.kind !== 'static' || ambiguous.scope.level !== 'column') return;
  const names = [...here(ambiguous.scope).keys()].map(quoteName).join(' and ');
  throw new UnsupportedAccountError(
    `${account} has rights on ${names} of ${foldedObject(ambiguous.scope)}, which are one column to the server, so that none can be taken away alone: revoke those of every spelling but one, run FLUSH PRIVILEGES, then repeat`,
  );
}
