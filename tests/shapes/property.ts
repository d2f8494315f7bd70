import * as fc from 'fast-check';
import { nextPassword, ShapePair } from './pair';
import { randomAccount, USER, type RandomAccount } from './random-account';
import type { Shape } from './shape';
import type { ShapeServer } from './shape-server';

export interface PropertyOptions {
  runs: number;
  seed: number;
  /** The server runs with partial_revokes=ON. */
  isPartial?: boolean;
}

async function requireEqual(pair: ShapePair, step: string): Promise<void> {
  const differences = [
    ...(await pair.differences()),
    ...(await pair.server.run('FLUSH PRIVILEGES').then(() => pair.differences())),
  ];
  if (differences.length > 0) throw new Error(`${step}: ${differences.join('\n')}`);
}

/** Two rotations and one back, with changes by others in between. */
async function holds(
  server: ShapeServer,
  { options, statements, drift, driftBack }: RandomAccount,
): Promise<void> {
  const shape: Shape = { name: 'random', options };
  const pair = new ShapePair(server, shape);
  const about = (user: string, list: readonly string[]) => list.map((sql) => sql.replaceAll(USER, user));
  try {
    await pair.make();
    await server.tryEach(about(pair.names.user, statements));
    await pair.clone(nextPassword());
    await requireEqual(pair, 'first rotation');
    await server.tryEach(about(pair.standbyNames.user, drift));
    await pair.clone(nextPassword());
    await requireEqual(pair, 'second rotation');
    await server.tryEach(about(pair.names.user, driftBack));
    const [current, standby] = pair.users;
    await pair.clone(nextPassword(), [standby, current]);
    await requireEqual(pair, 'rotation back');
  } finally {
    await pair.drop();
  }
}

/**
 * Mirrors random accounts, and finds the smallest one that is not mirrored.
 * @returns what is wrong, with the seed that brings it about again; `undefined` when nothing is
 */
export async function mirrorRandomAccounts(
  server: ShapeServer,
  { runs, seed, isPartial = false }: PropertyOptions,
): Promise<string | undefined> {
  const property = fc.asyncProperty(randomAccount(server.product, server.fixture, isPartial), (account) =>
    holds(server, account),
  );
  const result = await fc.check(property, { numRuns: runs, seed });
  if (!result.failed) return undefined;
  const { counterexample, errorInstance } = result;
  return `random account of seed ${seed}: ${(errorInstance as Error).message}\n${JSON.stringify(counterexample?.[0], null, 2)}`;
}
