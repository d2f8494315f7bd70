import type { DatabaseServer } from '../../local/database/database-server';
import { server as address } from '../support/database';
import { examine, type Depth } from './examine';
import { ShapeServer } from './shape-server';
import { fits, shapes } from './shapes';
import { startMariadb, type MariadbSuite } from './started-servers';

const WHAT: Readonly<Record<Depth, string>> = {
  brief: 'is mirrored, repeated, repaired and rotated back',
  thorough: 'is mirrored, repeated, repaired, finished after a stop at each statement, and rotated back',
};

/** @param suite of Debian, whose MariaDB is started; `undefined`: the MySQL that all tests share */
export function describeShapes(depth: Depth, suite: MariadbSuite | undefined): void {
  const product = suite === undefined ? 'MySQL' : 'MariaDB';
  const known = shapes.filter(({ on, needs }) => (on ?? product) === product && needs === undefined);

  describe(`${product} ${suite ?? ''}: every shape of an account`, () => {
    let started: DatabaseServer | undefined;
    let server: ShapeServer;

    beforeAll(async () => {
      started = suite === undefined ? undefined : await startMariadb(suite);
      server = await ShapeServer.open(started ?? address);
    });

    afterAll(async () => {
      await server.close();
      await started?.stop();
    });

    it.each(known.map((shape) => [shape.name, shape] as const))(`${WHAT[depth]}: %s`, async (_, shape) => {
      if (fits(shape, server)) expect(await examine(server, shape, depth)).toEqual([]);
    });

    if (suite === undefined) return; // others log in on that server too

    it('causes no refused login', async () => {
      expect(await server.failedLogins()).toBe(0);
    });
  });
}
