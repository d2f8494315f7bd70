import * as fc from 'fast-check';
import {
  describeRight,
  objectOf,
  quoteGrantee,
  type Right,
  type Rights,
} from '../../lib/databases/mysql/rights/rights';
import { nextPassword, ShapePair } from './pair';
import type { PropertyOptions } from './property';
import { randomAccount, USER, type RandomAccount } from './random-account';
import type { Product } from './shape';
import type { ShapeServer } from './shape-server';

/** What a right lets its holder do, without the options that it is held with. */
function abilityOf(right: Right): string | undefined {
  switch (right.kind) {
    case 'static':
    case 'default role':
      return describeRight(right);
    case 'dynamic':
      return `${right.privilege} ON *.*`;
    case 'role':
      return `ROLE ${quoteGrantee(right.role)}`;
    case 'proxy':
      return `PROXY ON ${quoteGrantee(right.on)}`;
    case 'restriction':
      return undefined;
  }
}

const abilitiesOf = (rights: Rights): Map<string, Right> =>
  new Map(
    [...rights.values()].flatMap((right) => {
      const ability = abilityOf(right);
      return ability === undefined ? [] : [[ability, right] as const];
    }),
  );

/** Most statements until a right is back that no server can keep while it changes another. */
const LONGEST_ABSENCE = 8;

/** Whether no statement of the product gets from `before` to `wanted` without taking this right for a moment. */
function isUnavoidable(right: Right, before: Rights, wanted: Rights, product: Product): boolean {
  const changesOption = (one: Right, other: Right) =>
    before.has(describeRight(one)) && wanted.has(describeRight(other));
  switch (right.kind) {
    case 'static': {
      const { scope, privilege } = right;
      if (scope.level !== 'column') return false;
      // A REVOKE on a table takes the privilege from its columns too.
      const key = `${privilege} ON ${objectOf(scope)}`;
      return before.has(key) && !wanted.has(key);
    }
    case 'dynamic':
      return changesOption({ ...right, grantable: true }, { ...right, grantable: false });
    case 'role':
    case 'default role': {
      const role = { kind: 'role', role: right.role } as const;
      return product === 'MySQL' && changesOption({ ...role, admin: true }, { ...role, admin: false });
    }
    case 'proxy':
      return (
        product === 'MariaDB' &&
        (changesOption({ ...right, grantable: true }, { ...right, grantable: false }) ||
          changesOption({ ...right, grantable: false }, { ...right, grantable: true }))
      );
    case 'restriction':
      return false;
  }
}

/** Mirrors the pair, and finds every right that the standby had, shall have, and had not after some statement. */
export async function rightsTakenAway(pair: ShapePair): Promise<string[]> {
  const { current: wanted, standby: before } = await pair.storedRights();
  const [has, shall] = [abilitiesOf(before), abilitiesOf(wanted)];
  const standing = [...has].filter(([ability]) => shall.has(ability));
  const absence = new Map<string, number>();
  const problems: string[] = [];
  await pair.cloneWatched(nextPassword(), (sql, standby) => {
    const now = abilitiesOf(standby.accounts.get('%')?.rights ?? new Map());
    for (const [ability, right] of standing) {
      if (now.has(ability)) {
        absence.delete(ability);
        continue;
      }
      const count = (absence.get(ability) ?? 0) + 1;
      absence.set(ability, count);
      if (count > LONGEST_ABSENCE || !isUnavoidable(right, before, wanted, pair.server.product)) {
        problems.push(`${ability} is gone after ${sql}`);
      }
    }
  });
  return problems;
}

async function holds(server: ShapeServer, { options, statements, drift }: RandomAccount): Promise<void> {
  const pair = new ShapePair(server, { name: 'random', options });
  const about = (user: string, list: readonly string[]) => list.map((sql) => sql.replaceAll(USER, user));
  try {
    await pair.make();
    await server.tryEach(about(pair.names.user, statements));
    await pair.clone(nextPassword());
    await server.tryEach(about(pair.standbyNames.user, drift));
    const problems = await rightsTakenAway(pair);
    if (problems.length > 0) throw new Error(problems.join('\n'));
  } finally {
    await pair.drop();
  }
}

/** Drifts of random standbys. @returns what is wrong with the smallest one; `undefined` when nothing is */
export async function driftRandomStandbys(
  server: ShapeServer,
  { runs, seed, isPartial = false }: PropertyOptions,
): Promise<string | undefined> {
  const property = fc.asyncProperty(randomAccount(server.product, server.fixture, isPartial), (account) =>
    holds(server, account),
  );
  const result = await fc.check(property, { numRuns: runs, seed });
  if (!result.failed) return undefined;
  const { counterexample, errorInstance } = result;
  return `seed ${seed}: ${(errorInstance as Error).message}\n${JSON.stringify(counterexample?.[0], null, 2)}`;
}
