import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { lastLines } from './run-program';

export interface KeeperOrder {
  /** Run before the server accepts connections. */
  initialStatements: readonly string[];
  scratchDatabase: string;
}

export type KeeperReport = { port: number; version: string } | { failed: string };

export interface KeptServer {
  port: number;
  version: string;
  stop: () => Promise<void>;
}

const STOP_TIMEOUT_MS = 10_000;

/**
 * Starts a database server in a keeper process (see `server-keeper.ts`), in `folder`, with the `mysqld` of the
 * folder's `bin`, and waits until it accepts connections.
 */
export async function startKeptServer(
  folder: string,
  order: KeeperOrder,
  timeoutMs: number,
): Promise<KeptServer> {
  const keeper = forkKeeper(folder);
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= stopKeeper(keeper, folder));
  try {
    const report = await firstReport(keeper, order, timeoutMs);
    if ('failed' in report) throw new Error(reasonOf(report.failed));
    // A program that forgets stop() may end all the same; its end is the keeper's end.
    keeper.unref();
    keeper.channel?.unref();
    return { ...report, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function forkKeeper(folder: string): ChildProcess {
  const path = `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`;
  const keeper = fork(join(__dirname, 'server-keeper.ts'), [folder], {
    detached: true,
    execArgv: ['--import', pathToFileURL(require.resolve('tsx')).href],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, PATH: path, TMPDIR: folder },
  });
  keeper.once('exit', () => {
    killGroup(keeper); // nobody is left, unless somebody killed the keeper itself
  });
  keeper.on('error', () => undefined); // an order to a keeper that just ended; its end tells enough
  return keeper;
}

async function firstReport(
  keeper: ChildProcess,
  order: KeeperOrder,
  timeoutMs: number,
): Promise<KeeperReport> {
  const settled = new AbortController();
  const { signal } = settled;
  try {
    keeper.send(order);
    return await Promise.race([
      once(keeper, 'message', { signal }).then(([report]) => report as KeeperReport),
      once(keeper, 'exit', { signal }).then(() => ({ failed: 'the process around the server ended' })),
      delay(timeoutMs, { failed: `not ready within ${timeoutMs / 1000} s` }, { signal }),
    ]);
  } finally {
    settled.abort();
  }
}

async function stopKeeper(keeper: ChildProcess, folder: string): Promise<void> {
  if (keeper.exitCode === null && keeper.signalCode === null) {
    keeper.ref();
    const exit = once(keeper, 'exit');
    if (keeper.connected) keeper.disconnect();
    const killer = setTimeout(killGroup, STOP_TIMEOUT_MS, keeper);
    await exit;
    clearTimeout(killer);
  }
  await rm(folder, { recursive: true, force: true });
}

/** The keeper leads a process group, and mysqld is in it. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody left.
  }
}

/** The library hands over mysqld's whole log. */
function reasonOf(failure: string): string {
  const errors = failure.split('\n').filter((line) => line.includes('[ERROR]'));
  return lastLines(errors.length > 0 ? errors.join('\n') : failure).join('\n');
}
