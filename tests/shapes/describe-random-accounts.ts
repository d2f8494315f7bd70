import type { DatabaseServer } from '../../local/database/database-server';
import { server as address } from '../support/database';
import { mirrorRandomAccounts } from './property';
import { ShapeServer } from './shape-server';
import { startMariadb, startPrivateMysql } from './started-servers';

/** The same accounts every time, so that a failure can be repeated; `npm run test:shapes` takes others. */
const SEED = Number(process.env['SHAPES_SEED'] ?? 20_261_121);

interface Place {
  name: string;
  /** A server of the place's own; without it the MySQL that all tests share. */
  start?: () => Promise<DatabaseServer>;
  isPartial?: true;
}

const PLACES: Place[] = [
  { name: 'MySQL' },
  // It changes what `_` and `%` mean for everybody on the server.
  { name: 'MySQL with partial_revokes', start: startPrivateMysql, isPartial: true },
  { name: 'MariaDB bookworm', start: () => startMariadb('bookworm') },
  { name: 'MariaDB trixie', start: () => startMariadb('trixie') },
];

/** @param runs how many random accounts are mirrored on each server, and on the one with partial_revokes */
export function describeRandomAccounts(runs: { usual: number; partial: number }): void {
  describe.each(PLACES)('$name', ({ start, isPartial = false }) => {
    let started: DatabaseServer | undefined;
    let server: ShapeServer;
    const count = isPartial ? runs.partial : runs.usual;

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
