import { setTimeout as delay } from 'node:timers/promises';
import type { ExecutionRecord } from '../../../local/state-machine/execution-record';
import { startBlackHole } from '../../support/black-hole';
import { server } from '../../support/database';
import { World } from '../../support/world';
import { Oracle } from '../harness/oracle';
import type { FaultRun, PointReport } from '../kind';
import { startLine, type Line } from './line';
import { requireRotated } from './observed-rotation';

/** A name of RFC 2606 that no resolver knows, whoever answers. */
const NO_SUCH_NAME = 'database.invalid';

const POLL_MS = 20;

interface Failed {
  record: ExecutionRecord;
  errors: string[];
}

/** Secrets that lead to nothing: a name that does not resolve, and an address where nobody is. */
export async function nowhere(run: FaultRun): Promise<void> {
  const oracle = await Oracle.open();
  await run.point('name-unknown', (report) => nameUnknown(report, oracle));
  await run.point('packets-vanish', (report) => packetsVanish(report, oracle, run.isBounded));
  await oracle.close();
}

async function nameUnknown(report: PointReport, oracle: Oracle): Promise<void> {
  await withWorldAt({ host: NO_SUCH_NAME, port: server.port }, async (world) => {
    requireUnavailable(report, await rotateInto(world, false));
    // An operator corrects the secret. What is pending still leads nowhere, and is replaced.
    await world.putSecret({ ...(await world.secret()), host: server.host }, 'AWSCURRENT');
    await finish(world, oracle, report);
  });
}

async function packetsVanish(report: PointReport, oracle: Oracle, isHurried: boolean): Promise<void> {
  const hole = await startBlackHole();
  await withWorldAt(hole, async (world) => {
    requireUnavailable(report, await rotateInto(world, isHurried), isHurried);
    hole.close();
    const line = await startLineWhenFree(hole.port);
    await finish(world, oracle, report);
    await line.close();
  });
}

async function withWorldAt(
  { host, port }: { host: string; port: number },
  use: (world: World) => Promise<void>,
): Promise<void> {
  const environment = { DB_ENDPOINTS: `${host}:${port}` };
  const world = await World.make({ environment, secret: { host, port } });
  try {
    await use(world);
  } finally {
    await world.close();
  }
}

/** The process that had the port is being ended. */
async function startLineWhenFree(port: number): Promise<Line> {
  for (;;) {
    try {
      return await startLine(server, port);
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'EADDRINUSE') throw error;
      await delay(POLL_MS);
    }
  }
}

/** @param isHurried stops the execution when one attempt has failed, which takes five seconds each */
async function rotateInto(world: World, isHurried: boolean): Promise<Failed> {
  const errors: string[] = [];
  const stop = new AbortController();
  const record = await world.rotate({
    signal: stop.signal,
    onEvent: (event) => {
      if (event.kind !== 'attempt-failed') return;
      errors.push(event.error);
      if (isHurried) stop.abort();
    },
  });
  return { record, errors };
}

function requireUnavailable(report: PointReport, { record, errors }: Failed, isStopped = false): void {
  const attempts = isStopped ? 1 : 7;
  const isRight = errors.length === attempts && errors.every((name) => name === 'DatabaseUnavailableError');
  if (!isRight) report.broken(`nobody was there, and attempts failed with ${errors.join(', ')}`);
  if (!isStopped && record.error !== 'DatabaseUnavailableError') {
    report.broken(`ended with ${record.status} ${record.error}`);
  }
}

async function finish(world: World, oracle: Oracle, report: PointReport): Promise<void> {
  report.logins(1, (await world.currentSecretWorks()) ? 0 : 1);
  await requireRotated(world);
  report.logins(1, (await world.currentSecretWorks()) ? 0 : 1);
  for (const problem of await oracle.afterRecovery(world)) report.broken(problem);
}
