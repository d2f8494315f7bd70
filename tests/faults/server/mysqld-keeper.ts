/**
 * The process around a MySQL that may be killed; see `killable-server.ts`. It ends the server when whoever
 * started it is gone, so that a run that was broken off leaves nothing.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort } from '../../../local/database/free-port';
import { keepServer } from '../../../local/database/keeper-process';
import { runProgram } from '../../../local/database/run-program';
import type { KillableOrder } from './killable-server';

const INITIALISE_TIMEOUT_MS = 60_000;
const READY = /ready for connections\..*\bport: \d+/;

let server: ChildProcess | undefined;
let port = 0;

keepServer(async (message, folder) => {
  const order = message as KillableOrder;
  if (order.act === 'kill') await kill();
  else if (!isRunning()) await start(order, folder);
  return { port, version: order.version };
});

const isRunning = (): boolean => server?.exitCode === null && server.signalCode === null;

async function kill(): Promise<void> {
  if (server === undefined || !isRunning()) return;
  const closed = once(server, 'close');
  server.kill('SIGKILL');
  await closed;
}

async function start({ options, firstStatements }: KillableOrder, folder: string): Promise<void> {
  const program = join(folder, 'bin', 'mysqld');
  const data = join(folder, 'data');
  const all = ['--no-defaults', ...options, `--datadir=${data}`];
  const first = join(folder, 'first.sql');
  const isNew = !existsSync(data);
  if (isNew) {
    await runProgram(program, [...all, '--initialize-insecure'], INITIALISE_TIMEOUT_MS);
    await writeFile(first, firstStatements.join('\n'), { mode: 0o600 });
    port = await findFreePort();
  }
  const started = spawn(program, [...all, `--port=${port}`, ...(isNew ? [`--init-file=${first}`] : [])], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  server = started;
  await untilReady(started);
}

function untilReady(started: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    const { stderr } = started;
    stderr?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      if (!READY.test(log)) return;
      stderr.removeAllListeners('data').resume(); // the rest of the log is for nobody, but must flow
      resolve();
    });
    started.once('error', reject);
    started.once('close', () => {
      reject(new Error(log));
    });
  });
}
