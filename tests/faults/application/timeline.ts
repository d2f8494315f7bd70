import type { Connection } from 'mysql2/promise';
import { connectAs } from '../../support/database';
import { isStep } from '../../support/redrive';
import type { World } from '../../support/world';
import type { FaultCloud } from '../harness/fault-cloud';
import type { CacheClient, Surroundings } from './cache-client';
import { INTERVAL, MOMENTS, type Phase } from './clock';
import type { Aged, CredentialsByAge } from './credentials-by-age';
import { mayRead } from './use-database';

/** Real rotations on a simulated clock. */
interface Timeline {
  cloud: FaultCloud;
  world: World;
  credentials: CredentialsByAge;
  clients: readonly CacheClient<Aged>[];
}

/** Whatever it was refused for. */
const open = (world: World, { login }: Aged): Promise<Connection | undefined> =>
  connectAs(login, world.database).catch(() => undefined);

/** The moments of one phase: every client makes its use, if its time has come. */
async function pass(timeline: Timeline, rotation: number, phase: Phase): Promise<void> {
  const { world, credentials, clients } = timeline;
  for (const moment of MOMENTS[phase]) {
    const accepted = await credentials.tryAll(phase);
    const surroundings: Surroundings<Aged> = {
      now: rotation * INTERVAL + moment,
      read: () => Promise.resolve(credentials.current),
      // Each value was tried once at this moment, on the server; one that is older still was refused before.
      accepts: (credential) => Promise.resolve(accepted.has(credential)),
      open: (credential) => open(world, credential),
      works: mayRead,
    };
    for (const client of clients) await client.use(surroundings);
  }
}

/**
 * One interval: a rotation, in the middle of which applications log in, and the time to the next one.
 * @throws {Error} when the rotation fails
 */
async function interval(timeline: Timeline, rotation: number): Promise<void> {
  const { cloud, world, credentials } = timeline;
  const waiting = new Set<Phase>(['before-set-secret', 'after-set-secret']);
  const once = async (phase: Phase): Promise<void> => {
    if (waiting.delete(phase)) await pass(timeline, rotation, phase);
  };
  cloud.interference.onCall = async (call) => {
    if (!isStep(call)) return;
    const { SecretId } = call.request as { SecretId?: string };
    if (call.operation === 'GetSecretValue' && SecretId === world.masterArn) await once('before-set-secret');
    if (call.operation === 'UpdateSecretVersionStage') await once('after-set-secret');
  };
  const { status, error, cause } = await world.rotate();
  cloud.reset();
  if (status !== 'SUCCEEDED' || waiting.size > 0) {
    throw new Error(`rotation ${rotation}: ${status} ${error ?? ''} ${cause ?? ''}`);
  }
  credentials.add(await world.secret());
  await pass(timeline, rotation, 'between-rotations');
}

/** @param intervals how many rotations there are, each at the beginning of an interval */
export async function runTimeline(timeline: Timeline, intervals: number): Promise<void> {
  timeline.credentials.add(await timeline.world.secret());
  for (let rotation = 1; rotation <= intervals; rotation += 1) await interval(timeline, rotation);
}
