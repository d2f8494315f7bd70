import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { DatabaseServerAddress } from '../database/database-server';
import { messageOf } from '../database/failure';
import { TABLE } from '../application/application-database';
import type { Cast } from '../application/cast';
import { connect, type Login } from '../application/connect';
import type { DemoSecrets } from './demo-secrets';

const WORKERS = 4;
/** Between two logins of a worker: often enough to meet every moment of a rotation, and no load worth the name. */
const PAUSE_MS = { least: 20, most: 50 };
/** As long as its user does not exist the application asks less often. */
const WAITING_PAUSE_MS = 250;

export interface Tally {
  logins: number;
  failed: number;
  /** Attempts with the secret's first version, whose user nobody has created. */
  waiting: number;
  /** What the first failed login met. */
  firstFailure: string | undefined;
}

/** The application whose logins are the proof: it never remembers a credential, and never tries twice. */
export interface Application {
  tally: Readonly<Tally>;
  /** Logins that succeeded between two moments, in milliseconds since the epoch. */
  loginsBetween: (from: number, to: number) => number;
}

interface Surroundings {
  server: DatabaseServerAddress;
  cast: Cast;
  secrets: DemoSecrets;
}

/** Keeps the application working while `use` runs. */
export async function withApplication<Result>(
  surroundings: Surroundings,
  use: (application: Application) => Promise<Result>,
): Promise<Result> {
  const { versionId: firstVersionId } = await surroundings.secrets.current();
  const tally: Tally = { logins: 0, failed: 0, waiting: 0, firstFailure: undefined };
  const moments: number[] = [];
  const over = new AbortController();

  const work = async (customer: number): Promise<void> => {
    while (!over.signal.aborted) {
      const isWaiting = await attempt(customer);
      const pauseMs = isWaiting ? WAITING_PAUSE_MS : randomInt(PAUSE_MS.least, PAUSE_MS.most);
      await delay(pauseMs, undefined, { signal: over.signal }).catch(() => undefined);
    }
  };
  const attempt = async (customer: number): Promise<boolean> => {
    let versionId: string | undefined;
    try {
      const secret = await surroundings.secrets.current();
      versionId = secret.versionId;
      await purchase(surroundings, secret, customer);
      tally.logins += 1;
      moments.push(Date.now());
      return false;
    } catch (error) {
      const isWaiting = versionId === firstVersionId;
      if (!isWaiting) tally.firstFailure ??= messageOf(error);
      tally[isWaiting ? 'waiting' : 'failed'] += 1;
      return isWaiting;
    }
  };

  const workers = Array.from({ length: WORKERS }, (_, customer) => work(customer));
  try {
    const loginsBetween = (from: number, to: number): number =>
      moments.filter((moment) => moment >= from && moment <= to).length;
    return await use({ tally, loginsBetween });
  } finally {
    over.abort();
    await Promise.all(workers);
  }
}

async function purchase({ server, cast }: Surroundings, login: Login, customer: number): Promise<void> {
  const connection = await connect(server, login, cast.database);
  try {
    await connection.query(
      `INSERT INTO ${TABLE} VALUES (?, 1) ON DUPLICATE KEY UPDATE purchases = purchases + 1`,
      [customer],
    );
    await connection.end();
  } finally {
    connection.destroy();
  }
}
