import { setTimeout as delay } from 'node:timers/promises';
import { connectAs } from './database';
import type { World } from './world';

interface Probe {
  /** Resolves when every worker has begun and ended at least one round from now on. */
  fullRound(): Promise<void>;
}

interface ProbeReport {
  logins: number;
  /** Code and message of each login or query that failed. */
  failures: string[];
}

/** How many applications log in at the same time. */
const WORKERS = 4;

/**
 * An application that keeps nothing: each round reads the current secret, logs in with it and uses its rights,
 * while `use` runs.
 */
export async function whileLoggingIn(
  world: World,
  use: (probe: Probe) => Promise<void>,
): Promise<ProbeReport> {
  const report: ProbeReport = { logins: 0, failures: [] };
  const rounds = Array.from({ length: WORKERS }, () => 0);
  let isRunning = true;
  const work = async (_: unknown, worker: number) => {
    do {
      const { username, password, dbname } = await world.secret();
      try {
        const connection = await connectAs({ username, password }, dbname);
        try {
          await connection.query('SELECT COUNT(*) FROM item');
          await connection.query('INSERT INTO item (name) VALUES (?)', [username]);
        } finally {
          connection.destroy();
        }
      } catch (error) {
        const { errno, message } = error as { errno?: number; message: string };
        report.failures.push(`${username}: ${errno ?? ''} ${message}`);
      }
      report.logins += 1;
      rounds[worker] = (rounds[worker] ?? 0) + 1;
    } while (isRunning);
  };
  // The round that is under way may have read the secret before; the one after it has not.
  const fullRound = async () => {
    const before = [...rounds];
    while (rounds.some((count, worker) => count < (before[worker] ?? 0) + 2)) await delay(1);
  };
  const workers = Array.from({ length: WORKERS }, work);
  try {
    await use({ fullRound });
  } finally {
    isRunning = false;
    await Promise.all(workers);
  }
  return report;
}
