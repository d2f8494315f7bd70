import { setTimeout as delay } from 'node:timers/promises';
import { startDatabaseServer, type DatabaseServer } from '../database/database-server';

/**
 * A server that is starting when the program is interrupted gets this long to start or fail. By then everything it
 * has made belongs to a process that clears up by itself once this one has ended.
 */
const GRACE_MS = 3_000;

/** Lends a database server, and stops it at the end. @throws when `signal` is aborted before it runs. */
export async function withLentServer<Result>(
  onProgress: (message: string) => void,
  signal: AbortSignal,
  use: (server: DatabaseServer) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted();
  const starting = startDatabaseServer({ onProgress });
  const server = await Promise.race([starting, graceAfter(signal)]);
  if (server === undefined) {
    starting.catch(() => undefined); // nobody waits for it any more
    throw signal.reason;
  }
  try {
    signal.throwIfAborted();
    return await use(server);
  } finally {
    await server.stop();
  }
}

function graceAfter(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const onAbort = (): void => void delay(GRACE_MS, undefined, { ref: false }).then(resolve);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
