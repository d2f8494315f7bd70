/**
 * The inside of a keeper: a process of its own around one database server, started by `kept-server.ts`.
 *
 * It leads its own process group, so Ctrl-C at the terminal reaches neither it nor the server; and when the program
 * that started it lets go of the channel, or dies in whatever way, it ends the server and removes its folder.
 */
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { messageOf } from './failure';
import type { KeeperReport, ReadyServer } from './kept-server';

const children = new Set<ChildProcess>();

/**
 * Starts the server when the order comes, and reports; every process started meanwhile ends with the keeper.
 * @param start gets the order as its sender made it, and the folder that everything of the server is in.
 */
export function keepServer(start: (order: unknown, folder: string) => Promise<ReadyServer>): void {
  const folder = process.argv[2];
  if (folder === undefined) throw new Error('a keeper needs the folder of its server');
  trackChildren();
  process.on('disconnect', () => void end(folder));
  process.on('uncaughtException', (error) => {
    report({ failed: error.message });
  });
  process.on('message', (order: unknown) => {
    start(order, folder).then(report, (error: unknown) => {
      report({ failed: messageOf(error) });
    });
  });
}

/** Through Node's own channel, because a library does not show the processes that it starts. */
function trackChildren(): void {
  subscribe('child_process', (message) => {
    const { process: child } = message as { process: ChildProcess };
    children.add(child);
    child.once('exit', () => children.delete(child));
    child.once('error', () => {
      if (child.pid === undefined) children.delete(child); // not even started
    });
  });
}

function report(message: KeeperReport): void {
  if (process.connected) process.send?.(message);
}

async function end(folder: string): Promise<void> {
  await Promise.all(
    [...children].map((child) => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL'); // the data is thrown away
      return gone;
    }),
  );
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  process.exit();
}
