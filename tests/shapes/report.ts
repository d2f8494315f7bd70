/** `npm run test:shapes`: mirrors every shape and many random accounts on every server, and reports what differs. */
import { parseArgs } from 'node:util';
import type { DatabaseServer } from '../../local/database/database-server';
import { examine } from './examine';
import { mirrorRandomAccounts } from './property';
import { ShapeServer } from './shape-server';
import { fits, shapes } from './shapes';
import { MARIADB_SUITES, startMariadb, startPrivateMysql } from './started-servers';

const USAGE = 'usage: npm run test:shapes -- [--json] [--runs 500] [--seed 1]';

/** Of random accounts on MySQL, every fifth is made under partial_revokes. */
const PARTIAL_SHARE = 5;

interface Report {
  servers: { product: string; version: string }[];
  /** Shapes that were examined, on all servers together. */
  shapes: number;
  /** Random accounts that were made, on all servers together. */
  accounts: number;
  differences: string[];
  failedLogins: number;
}

interface Order {
  runs: number;
  seed: number;
}

function progress(message: string): void {
  process.stderr.write(`${message}\n`);
}

function readOrder(): Order & { json: boolean } {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      runs: { type: 'string', default: '500' },
      seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    },
  });
  const [runs, seed] = [Number(values.runs), Number(values.seed)];
  if (!Number.isInteger(runs) || runs < 0 || !Number.isInteger(seed)) throw new Error(USAGE);
  return { json: values.json, runs, seed };
}

async function examineAll(server: ShapeServer, isPartial: boolean, report: Report): Promise<void> {
  const name = `${server.product} ${server.address.version}`;
  const wanted = shapes.filter(
    (shape) => fits(shape, server) && (shape.needs === 'partial_revokes') === isPartial,
  );
  for (const shape of wanted) {
    const problems = await examine(server, shape, 'thorough');
    report.shapes += 1;
    report.differences.push(...problems.map((problem) => `${name}: ${shape.name}: ${problem}`));
    if (problems.length > 0) progress(`${name}: ${shape.name}: ${problems.length} differences`);
  }
  progress(`${name}: ${wanted.length} shapes${isPartial ? ' under partial_revokes' : ''}`);
}

async function mirrorMany(
  server: ShapeServer,
  isPartial: boolean,
  { runs, seed }: Order,
  report: Report,
): Promise<void> {
  const name = `${server.product} ${server.address.version}`;
  const difference = await mirrorRandomAccounts(server, { runs, seed, isPartial });
  report.accounts += runs;
  if (difference !== undefined) report.differences.push(`${name}: ${difference}`);
  progress(`${name}: ${runs} random accounts${isPartial ? ' under partial_revokes' : ''}`);
}

async function reportOn(started: DatabaseServer, { runs, seed }: Order, report: Report): Promise<void> {
  report.servers.push({ product: started.product, version: started.version });
  try {
    const server = await ShapeServer.open(started);
    const partial = server.product === 'MySQL' ? Math.floor(runs / PARTIAL_SHARE) : 0;
    await examineAll(server, false, report);
    await mirrorMany(server, false, { runs: runs - partial, seed }, report);
    if (server.product === 'MySQL') {
      await server.run('SET GLOBAL partial_revokes = ON');
      await examineAll(server, true, report);
      await mirrorMany(server, true, { runs: partial, seed }, report);
    }
    report.failedLogins += await server.failedLogins();
  } finally {
    await started.stop();
  }
}

async function main(): Promise<void> {
  const { json, ...order } = readOrder();
  progress(`seed ${order.seed}`);
  const report: Report = { servers: [], shapes: 0, accounts: 0, differences: [], failedLogins: 0 };
  const starts = [
    () => startPrivateMysql(progress),
    ...MARIADB_SUITES.map((suite) => () => startMariadb(suite, progress)),
  ];
  await Promise.all(starts.map(async (start) => reportOn(await start(), order, report)));
  report.servers.sort((a, b) => (`${a.product} ${a.version}` < `${b.product} ${b.version}` ? -1 : 1));
  const summary = `${report.shapes} shapes and ${report.accounts} random accounts on ${report.servers.length} servers: ${report.differences.length} differences, ${report.failedLogins} failed logins`;
  process.stdout.write(`${json ? JSON.stringify(report) : [...report.differences, summary].join('\n')}\n`);
  if (report.differences.length > 0 || report.failedLogins > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  progress(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
