/** Keeps a MariaDB; see `keeper-process.ts`. */
import { spawn } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from './failure';
import { findFreePort } from './free-port';
import { keepServer } from './keeper-process';
import { runProgram } from './run-program';

export interface MariadbOrder {
  command: readonly string[];
  /** For every start, the one that makes the system tables too. */
  options: readonly string[];
  /** SQL files that make the system tables. */
  systemTables: readonly string[];
  /** Run before the server accepts connections; passwords belong here, a command line can be read by anybody. */
  initialStatements: readonly string[];
}

const BOOTSTRAP_TIMEOUT_MS = 30_000;
const MOST_PORTS = 3;
/** mariadbd writes it when it accepts connections. The log comes in pieces, so what follows the number counts too. */
const READY = /^Version: '(\d+\.\d+\.\d+)[^\d.]/m;

keepServer(async (message, folder) => {
  const order = message as MariadbOrder;
  const [program = '', ...args] = order.command;
  const options = [...args, ...order.options, `--datadir=${join(folder, 'data')}`];
  await mkdir(join(folder, 'data'));
  await runProgram(program, [...options, '--bootstrap', '--silent-startup'], BOOTSTRAP_TIMEOUT_MS, {
    input: await bootstrapSql(order),
  });
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort();
    try {
      return { port, version: await started(program, [...options, `--port=${port}`]) };
    } catch (error) {
      // Between finding a port and using it, somebody else may take it.
      if (attempt === MOST_PORTS || !messageOf(error).includes('Bind on TCP/IP port')) throw error;
    }
  }
});

/** The statements stand on lines of their own: that is how the bootstrap tells them apart. */
async function bootstrapSql({ systemTables, initialStatements }: MariadbOrder): Promise<string> {
  const files = await Promise.all(systemTables.map((path) => readFile(path, 'utf8')));
  return ['CREATE DATABASE mysql;', 'USE mysql;', ...files, 'USE mysql;', ...initialStatements, ''].join(
    '\n',
  );
}

/** @returns the version, as soon as the server accepts connections. */
function started(program: string, args: readonly string[]): Promise<string> {
  const server = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  return new Promise((resolve, reject) => {
    let log = '';
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      const version = READY.exec(log)?.[1];
      if (version === undefined) return;
      server.stderr.removeAllListeners('data').resume(); // the rest of the log is for nobody, but must flow
      resolve(version);
    });
    server.once('error', reject);
    server.once('close', () => {
      reject(new Error(log));
    });
  });
}
