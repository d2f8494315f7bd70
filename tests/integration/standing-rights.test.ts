import type { DatabaseServer } from '../../local/database/database-server';
import { ShapePair, nextPassword } from '../shapes/pair';
import { quoteAt, type Names, type Product } from '../shapes/shape';
import { ShapeServer } from '../shapes/shape-server';
import { driftRandomStandbys, rightsTakenAway } from '../shapes/standing-rights';
import { MARIADB_SUITES, startMariadb, startPrivateMysql } from '../shapes/started-servers';

const START_TIMEOUT_MS = 180_000; // the first time a server is fetched

interface Drift {
  name: string;
  on?: Product;
  current: (names: Names) => string[];
  standby: (names: Names) => string[];
}

const BASE = ({ user, dbOnly, db, roles: [one] }: Names): string[] => [
  `GRANT SELECT, INSERT ON ${dbOnly}.* TO ${user}`,
  `GRANT UPDATE ON ${db}.t TO ${user}`,
  `GRANT SELECT (a) ON ${db}.t2 TO ${user}`,
  `GRANT EXECUTE ON PROCEDURE ${db}.p TO ${user}`,
  `GRANT ${one} TO ${user}`,
];

const DRIFTS: readonly Drift[] = [
  {
    name: 'every static global privilege and the grant option too many',
    current: BASE,
    standby: ({ user }) => [`GRANT ALL PRIVILEGES ON *.* TO ${user} WITH GRANT OPTION`],
  },
  {
    name: 'every static global privilege and the grant option too many, beside dynamic ones that stay',
    on: 'MySQL',
    current: (names) => [...BASE(names), `GRANT BACKUP_ADMIN ON *.* TO ${names.user} WITH GRANT OPTION`],
    standby: ({ user }) => [`GRANT ALL PRIVILEGES ON *.* TO ${user} WITH GRANT OPTION`],
  },
  {
    name: 'everything on its database and the grant option too many',
    current: BASE,
    standby: ({ user, dbOnly, db }) => [
      `GRANT ALL PRIVILEGES ON ${dbOnly}.* TO ${user} WITH GRANT OPTION`,
      `GRANT ALL PRIVILEGES ON ${db}.* TO ${user} WITH GRANT OPTION`,
      `GRANT ALL PRIVILEGES ON ${db}.t TO ${user} WITH GRANT OPTION`,
    ],
  },
  {
    name: 'a table too many where it shall have columns',
    current: BASE,
    standby: ({ user, db }) => [`GRANT ALL PRIVILEGES ON ${db}.t2 TO ${user} WITH GRANT OPTION`],
  },
  {
    name: 'the admin option of its default role too much',
    on: 'MySQL',
    current: (names) => [...BASE(names), `SET DEFAULT ROLE ${names.roles[0]} TO ${names.user}`],
    standby: ({ user, roles: [one] }) => [`GRANT ${one} TO ${user} WITH ADMIN OPTION`],
  },
  {
    name: 'the option of its PROXY too much',
    current: (names) => [...BASE(names), `GRANT PROXY ON ${quoteAt(names.proxied, '%')} TO ${names.user}`],
    standby: ({ user, proxied }) => [
      `REVOKE PROXY ON ${quoteAt(proxied, '%')} FROM ${user}`,
      `GRANT PROXY ON ${quoteAt(proxied, '%')} TO ${user} WITH GRANT OPTION`,
    ],
  },
  {
    name: 'CREATE on a table that is gone, and SELECT too little',
    current: (names) => [
      ...BASE(names),
      `CREATE TABLE IF NOT EXISTS ${names.db}.${names.prefix}gone (a INT)`,
      `GRANT CREATE, SELECT ON ${names.db}.${names.prefix}gone TO ${names.user}`,
      `DROP TABLE ${names.db}.${names.prefix}gone`,
    ],
    standby: ({ user, db, prefix }) => [`REVOKE SELECT ON ${db}.${prefix}gone FROM ${user}`],
  },
];

const SERVERS = [
  { title: 'MySQL', product: 'MySQL', start: () => startPrivateMysql() },
  ...MARIADB_SUITES.map((suite) => ({
    title: `MariaDB of Debian ${suite}`,
    product: 'MariaDB' as const,
    start: () => startMariadb(suite),
  })),
] as const;

describe.each(SERVERS)(
  '$title: no statement takes away what the standby shall keep',
  ({ product, start }) => {
    let started: DatabaseServer;
    let server: ShapeServer;

    beforeAll(async () => {
      started = await start();
      server = await ShapeServer.open(started);
    }, START_TIMEOUT_MS);

    afterAll(async () => {
      await started.stop();
    });

    it.each(
      DRIFTS.filter(({ on }) => on === undefined || on === product).map(
        (drift) => [drift.name, drift] as const,
      ),
    )('when it has %s', async (_, { current, standby }) => {
      const pair = new ShapePair(server, { name: 'drift', by: 'root' });
      try {
        await pair.make();
        await server.run(...current(pair.names));
        await pair.clone(nextPassword());
        await server.run(...standby(pair.standbyNames));
        expect(await rightsTakenAway(pair)).toEqual([]);
        expect(await pair.differences()).toEqual([]);
      } finally {
        await pair.drop();
      }
    });

    it('when a random standby has drifted', async () => {
      expect(await driftRandomStandbys(server, { runs: 12, seed: 7 })).toBeUndefined();
    });
  },
);
