import { MysqlEngine } from '../../lib/databases/mysql/mysql-engine';
import type { DatabaseServer } from '../../local/database/database-server';
import { administratorCases } from '../shapes/administrators';
import { ShapePair } from '../shapes/pair';
import { ShapeServer } from '../shapes/shape-server';
import { MARIADB_SUITES, startMariadb, startPrivateMysql } from '../shapes/started-servers';

const START_TIMEOUT_MS = 180_000; // the first time a server is fetched

// Servers of their own: mandatory roles, and those of PUBLIC, are everybody's.
const SERVERS = [
  { title: 'MySQL', product: 'MySQL', start: () => startPrivateMysql() },
  ...MARIADB_SUITES.map((suite) => ({
    title: `MariaDB of Debian ${suite}`,
    product: 'MariaDB' as const,
    start: () => startMariadb(suite),
  })),
] as const;

describe.each(SERVERS)('$title: an administrator is found', ({ product, start }) => {
  let started: DatabaseServer;
  let server: ShapeServer;

  beforeAll(async () => {
    started = await start();
    server = await ShapeServer.open(started);
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await started.stop();
  });

  const cases = administratorCases(product).filter(({ on }) => on === undefined || on === product);

  it.each(cases.map((one) => [one.name, one] as const))(
    'as the current user and as the standby, or is none: %s',
    async (_, { rights, undo, because, since }) => {
      if (since !== undefined && !server.isAtLeast(since)) return;
      const pair = new ShapePair(server, { name: 'administrator' });
      const role = (number: 1 | 2 | 3) => `\`${pair.names.prefix}_${number}\``;
      const roles = ([1, 2, 3] as const).map(role);
      await pair.make();
      await server.run(...roles.map((name) => `CREATE ROLE ${name}`));
      try {
        await server.run(...rights(pair.names, role));
        const ask = ([current, standby]: readonly [string, string]) =>
          new MysqlEngine(server.address.caBundlePath).withPair(
            server.address,
            server.root,
            { current, standby },
            (found) =>
              Promise.resolve(
                [...found.current.accounts, ...found.standby.accounts].flatMap(
                  ({ administrative }) => administrative,
                ),
              ),
          );
        const [one, other] = pair.users;
        for (const found of [await ask([one, other]), await ask([other, one])]) {
          if (because === undefined) expect(found).toEqual([]);
          else expect(found.join('; ')).toMatch(because);
        }
      } finally {
        await server.run(...(undo?.(pair.names, role) ?? []));
        await server.run(`DROP ROLE ${roles.join(', ')}`);
        await pair.drop();
      }
    },
  );
});
