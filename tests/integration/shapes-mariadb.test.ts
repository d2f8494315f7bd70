import type { DatabaseServer } from '../../local/database/database-server';
import { examine } from '../shapes/examine';
import { ShapeServer } from '../shapes/shape-server';
import { fits, shapes } from '../shapes/shapes';
import { MARIADB_SUITES, startMariadb } from '../shapes/started-servers';

const START_TIMEOUT_MS = 180_000; // the first time it is fetched

const known = shapes.filter(({ on }) => on !== 'MySQL');

describe.each(MARIADB_SUITES)('MariaDB of Debian %s: every shape of an account', (suite) => {
  let started: DatabaseServer;
  let server: ShapeServer;

  beforeAll(async () => {
    started = await startMariadb(suite);
    server = await ShapeServer.open(started);
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await started.stop();
  });

  it.each(known.map((shape) => [shape.name, shape] as const))(
    'is mirrored, repeated, mended, carried on after a stop, and rotated back: %s',
    async (_, shape) => {
      if (fits(shape, server)) expect(await examine(server, shape)).toEqual([]);
    },
  );

  it('saw no refused login in all of that', async () => {
    expect(await server.failedLogins()).toBe(0);
  });
});
