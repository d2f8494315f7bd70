import type { DatabaseServer } from '../../local/database/database-server';
import { server as address } from '../support/database';
import { mirrorRandomAccounts } from './property';
import { ShapeServer } from './shape-server';
import { MARIADB_SUITES, startMariadb, startPrivateMysql } from './started-servers';

/** The same accounts every time, so that a failure can be repeated; `npm run test:shapes` takes others. */
const SEED = Number(process.env['SHAPES_SEED'] ?? 20_261_121);

interface Place {
  name: string;
  /** A server of the place's own; without it the MySQL that all tests share. */
  start?: () => Promise<DatabaseServer>;
  isPartial?: true;
}

const PLACES: Readonly<Record<'MySQL' | 'MariaDB', Place[]>> = {
  MySQL: [
    { name: 'MySQL' },
    // It changes what `_` and `%` mean for everybody on the server.
    { name: 'MySQL with partial_revokes', start: startPrivateMysql, isPartial: true },
  ],
  MariaDB: MARIADB_SUITES.map((suite) => ({ name: `MariaDB ${suite}`, start: () => startMariadb(suite) })),
};

/**
 * Declares the tests of random accounts on each server of a product.
 * @param runs how many accounts; `partial`, by default as many, on the server with partial_revokes
 */
export function describeRandomAccounts(
  product: keyof typeof PLACES,
  runs: { usual: number; partial?: number },
): void {
  describe.each(PLACES[product])('$name', ({ start, isPartial = false }) => {
    let started: DatabaseServer | undefined;
    let server: ShapeServer;
    const count = (isPartial ? runs.partial : undefined) ?? runs.usual;

    beforeAll(async () => {
      started = await start?.();
      server = await ShapeServer.open(started ?? address);
      if (isPartial) await server.run('SET GLOBAL partial_revokes = ON');
    });

    afterAll(async () => {
      await server.close();
      await started?.stop();
    });

    it(`mirrors ${count} random accounts (SHAPES_SEED=${SEED})`, async () => {
      expect(await mirrorRandomAccounts(server, { runs: count, seed: SEED, isPartial })).toBeUndefined();
    });
  });
}
