import type { DatabaseServer } from '../../local/database/database-server';
import { mirrorRandomAccounts } from '../shapes/property';
import { ShapeServer } from '../shapes/shape-server';
import { startMariadb } from '../shapes/started-servers';
import { server as address } from '../support/database';

/** 500 random accounts per server where there is time, a tenth of that at a desk. */
const RUNS = Number(process.env['SHAPES_RUNS'] ?? (process.env['CI'] === undefined ? 50 : 500));
/** The same accounts every time, so that a run can be repeated; `npm run test:shapes` looks at others. */
const SEED = Number(process.env['SHAPES_SEED'] ?? 20_261_121);

const TIMEOUT_MS = 900_000;

describe.each([
  ['MySQL', undefined],
  ['MariaDB', 'bookworm'],
  ['MariaDB', 'trixie'],
] as const)('%s %s', (_, suite) => {
  let started: DatabaseServer | undefined;
  let server: ShapeServer;

  beforeAll(async () => {
    started = suite === undefined ? undefined : await startMariadb(suite);
    server = await ShapeServer.open(started ?? address);
  }, TIMEOUT_MS);

  afterAll(async () => {
    await server.close();
    await started?.stop();
  });

  it(
    `mirrors ${RUNS} random accounts (SHAPES_SEED=${SEED})`,
    async () => {
      expect(await mirrorRandomAccounts(server, { runs: RUNS, seed: SEED })).toBeUndefined();
    },
    TIMEOUT_MS,
  );
});
