import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { lastLines } from './run-program';

export interface ReadyServer {
  port: number;
  version: string;
}

export type KeeperReport = ReadyServer | { failed: string };

export interface KeptServer extends ReadyServer {
  stop: () => Promise<void>;
}

interface KeeperRequest {
  /** The file, next to this one, that calls `keepServer`. */
  keeper: 'mysql-keeper' | 'mariadb-keeper';
  /** Everything of the server is in there; it goes when the server goes. */
  folder: string;
  /** Plain data, for the keeper only. */
  order: object;
  timeoutMs: number;
}

const STOP_TIMEOUT_MS = 10_000;

/** Starts a database server in a keeper process (see `keeper-process.ts`) and waits until it accepts connections. */
export async function startKeptServer(request: KeeperRequest): Promise<KeptServer> {
  const { folder, order, timeoutMs } = request;
  const keeper = forkKeeper(request.keeper, folder);
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

function forkKeeper(name: string, folder: string): ChildProcess {
  const keeper = fork(join(__dirname, `${name}.ts`), [folder], {
    detached: true,
    execArgv: ['--import', pathToFileURL(require.resolve('tsx')).href],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, TMPDIR: folder },
  });
  keeper.once('exit', () => {
    killGroup(keeper); // nobody is left, unless somebody killed the keeper itself
  });
  keeper.on('error', () => undefined); // an order to a keeper that just ended; its end tells enough
  return keeper;
}

async function firstReport(keeper: ChildProcess, order: object, timeoutMs: number): Promise<KeeperReport> {
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

/** The keeper leads a process group, and the server is in it. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody left.
  }
}

/** A failure may come with the server's whole log. */
function reasonOf(failure: string): string {
  const errors = failure.split('\n').filter((line) => /\bERROR\b/.test(line));
  return lastLines(errors.length > 0 ? errors.join('\n') : failure).join('\n');
}
