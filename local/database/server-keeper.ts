/**
 * A process of its own around one database server, started by `kept-server.ts`.
 *
 * It leads its own process group, so Ctrl-C at the terminal reaches neither it nor mysqld; and when the program
 * that started it lets go of the channel, or dies in whatever way, it ends the server and removes its folder.
 */
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import fs from 'node:fs';
import { createDB } from 'mysql-memory-server';
import { boundRequests } from './bounded-requests';
import { messageOf } from './failure';
import type { KeeperOrder, KeeperReport } from './kept-server';

const POLL_MS = 100;
/** Everything of the server is in there; the starter made it. */
const folder = process.argv[2];

const children = new Set<ChildProcess>();
subscribe('child_process', (message) => {
  const { process: child } = message as { process: ChildProcess };
  children.add(child);
  child.once('exit', () => children.delete(child));
  child.once('error', () => {
    if (child.pid === undefined) children.delete(child); // not even started
  });
});

// The library looks into mysqld's log only every 5 s, the default of watchFile.
const watchFile = fs.watchFile;
fs.watchFile = ((file: string, listener: fs.StatsListener) =>
  watchFile(file, { interval: POLL_MS }, listener)) as typeof fs.watchFile;

boundRequests();
process.on('disconnect', () => void end());
process.on('uncaughtException', (error) => {
  report({ failed: error.message });
});
process.on('message', (order: KeeperOrder) => void start(order));

async function start(order: KeeperOrder): Promise<void> {
  try {
    const server = await createDB({
      version: '>=8.0.0',
      xEnabled: 'OFF',
      downloadRetries: 0,
      initSQLString: order.initialStatements.join('\n'),
      dbName: order.scratchDatabase,
    });
    report({ port: server.port, version: server.mysql.version });
  } catch (error) {
    report({ failed: messageOf(error) });
  }
}

function report(message: KeeperReport): void {
  if (process.connected) process.send?.(message);
}

/** Not the library's own `stop()`: it exists only once the server runs, and never ends when mysqld died first. */
async function end(): Promise<void> {
  await Promise.all(
    [...children].map((child) => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL'); // the data is thrown away
      return gone;
    }),
  );
  if (folder !== undefined) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  process.exit();
}
