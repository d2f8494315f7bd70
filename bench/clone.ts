import { Command } from 'commander';
import { createConnection, type Connection } from 'mysql2/promise';
import { readFile } from 'node:fs/promises';
import pc from 'picocolors';
import { cloneUser } from '../local/clone-user';
import { countCalls } from '../local/call-counter';
import { startDatabaseServer, type DatabaseServer } from '../local/database/database-server';

/**
 * What mirroring a user costs, by its number of table grants: the first time, and in a steady state, when rights
 * and options are as they should be and only the password is new. Medians of several runs on one server; look
 * at the ratios, since machines are shared and noisy.
 */

const SIZES = [1, 10, 100, 1_000];
const LARGE = 10_000;
const RUNS = 5;
const DATABASE = 'bench_clone';

interface Cost {
  statements: number;
  connections: number;
  milliseconds: number;
}

interface Row {
  grants: number;
  first: Cost;
  steady: Cost;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function administrator(server: DatabaseServer): Promise<Connection> {
  const { host, port, admin, caBundlePath, ssl } = server;
  const ca = caBundlePath === undefined ? {} : { ca: await readFile(caBundlePath, 'utf8') };
  return createConnection({
    host,
    port,
    user: admin.username,
    password: admin.password,
    ...(ssl ? { ssl: { verifyIdentity: true, ...ca } } : {}),
  });
}

async function clone(server: DatabaseServer, password: string): Promise<Cost> {
  const startedAt = performance.now();
  const [, { database }] = await countCalls(() =>
    cloneUser(
      { host: server.host, port: server.port },
      { ...server.admin, tls: server.ssl ? 'verified' : 'off' },
      server.caBundlePath,
      {
        current: 'bench_a',
        host: undefined,
        standby: 'bench_b',
        password,
        allowMissing: [],
        planOnly: false,
      },
    ),
  );
  return { ...database, milliseconds: performance.now() - startedAt };
}

function medianCost(costs: readonly Cost[]): Cost {
  const of = (key: keyof Cost) => median(costs.map((cost) => cost[key]));
  return {
    statements: of('statements'),
    connections: of('connections'),
    milliseconds: Math.round(of('milliseconds')),
  };
}

async function measure(server: DatabaseServer, root: Connection, grants: number): Promise<Row> {
  const first: Cost[] = [];
  const steady: Cost[] = [];
  await root.query("DROP USER IF EXISTS 'bench_a'");
  await root.query("CREATE USER 'bench_a' IDENTIFIED BY 'Bench-password-1'");
  for (let table = 0; table < grants; table += 1) {
    // With CREATE a grant does not look for its table, which need not exist here.
    await root.query(`GRANT CREATE, SELECT, INSERT ON ${DATABASE}.t${table} TO 'bench_a'`);
  }
  for (let run = 0; run < (grants >= LARGE ? 1 : RUNS); run += 1) {
    await root.query("DROP USER IF EXISTS 'bench_b'");
    first.push(await clone(server, `First-password-${run}`));
    steady.push(await clone(server, `Steady-password-${run}`));
    process.stderr.write(pc.dim(`${grants} grants, run ${run + 1}\n`));
  }
  return { grants, first: medianCost(first), steady: medianCost(steady) };
}

function table(rows: readonly Row[]): string {
  const cells = rows.map(({ grants, first, steady }) =>
    [grants, first.statements, first.milliseconds, steady.statements, steady.milliseconds].map(String),
  );
  const head = ['grants', 'first: statements', 'ms', 'steady: statements', 'ms'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  return [head, ...cells]
    .map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '))
    .join('\n');
}

async function main({ json, large }: { json: boolean; large: boolean }): Promise<void> {
  const server = await startDatabaseServer({ onProgress: (message) => process.stderr.write(`${message}\n`) });
  const root = await administrator(server);
  try {
    const rows: Row[] = [];
    for (const size of large ? [...SIZES, LARGE] : SIZES) rows.push(await measure(server, root, size));
    const { product, version } = server;
    process.stdout.write(
      json
        ? `${JSON.stringify({ server: { product, version }, runs: RUNS, rows }, null, 2)}\n`
        : `${table(rows)}\n`,
    );
  } finally {
    await root.query("DROP USER IF EXISTS 'bench_a', 'bench_b'");
    await root.end();
    await server.stop();
  }
}

void new Command('bench:clone')
  .option('--json', 'print one JSON document', false)
  .option('--large', `also ${LARGE} grants`, false)
  .action(main)
  .parseAsync();
