import { Oracle } from '../harness/oracle';
import type { FaultRun, PointReport } from '../kind';
import { halfStates, look, type Before } from './half-states';
import type { KillableServer } from './killable-server';
import { requireRotated } from './observed-rotation';
import { legsOf, withScene, rotateWatched, type NamedLeg, type Scene, type Variant } from './scene';

/** Each costs a restart of the server, more than a second. */
const SAMPLE = 4;

/**
 * The server is killed before each thing that a rotation says to it, and before each of its answers arrives; it
 * comes back at the same place. At one half of the points while the state machine is still trying, at the other
 * when the execution has failed, and another one takes it up.
 */
export async function killed(run: FaultRun, server: KillableServer, variant: Variant): Promise<void> {
  const legs = await legsOf(variant);
  const chosen = run.isBounded ? run.random.sample(legs, SAMPLE) : legs;
  for (const leg of chosen) {
    await run.point(`${variant}/${leg.name}`, (report) =>
      withScene(variant, (scene) => killAt(leg, { server, scene, report }).finally(() => server.start())),
    );
  }
}

interface Stage {
  server: KillableServer;
  scene: Scene;
  report: PointReport;
}

/** Connections that are kept die with the server. */
async function withOracle<Result>(scene: Scene, use: (oracle: Oracle) => Promise<Result>): Promise<Result> {
  const oracle = await Oracle.open();
  try {
    return await use(oracle);
  } finally {
    await oracle.close();
    await scene.world.admin.close();
  }
}

async function killAt(leg: NamedLeg, { server, scene, report }: Stage): Promise<void> {
  const { world } = scene;
  const before = await withOracle(scene, (oracle) => look(world, oracle));
  const isRetried = Math.floor(leg.number / 2) % 2 === 0;
  const met = { isReached: false };
  let back: Promise<void> | undefined;
  let attempts = 0;

  const { record, errors } = await rotateWatched(scene, {
    onLeg: async ({ number }) => {
      if (met.isReached || number !== leg.number) return 'pass';
      met.isReached = true;
      await server.kill();
      return 'cut';
    },
    beforeAttempt: async () => {
      if (!met.isReached || !isRetried) return;
      attempts += 1;
      if (attempts === 1) return; // one attempt meets a server that is gone
      await (back ??= comeBack({ server, scene, report }, before));
    },
  });

  if (!met.isReached) report.broken('the rotation never came to this point');
  const wrong = errors.filter((name) => name !== 'DatabaseUnavailableError');
  if (wrong.length > 0) report.broken(`the server was gone, and an attempt failed with ${wrong.join(', ')}`);
  if (record.status !== 'SUCCEEDED' && (isRetried || record.error !== 'DatabaseUnavailableError')) {
    report.broken(`ended with ${record.status} ${record.error}: ${record.cause}`);
  }
  const isPromoted = record.status === 'SUCCEEDED';
  await (back ?? comeBack({ server, scene, report }, isPromoted ? undefined : before));
  if (!isPromoted) await requireRotated(scene.world);
  await withOracle(scene, async (oracle) => {
    for (const problem of await oracle.afterRecovery(world)) report.broken(problem);
  });
}

/** @param before what must not have changed; undefined when the rotation has been completed all the same */
async function comeBack({ server, scene, report }: Stage, before: Before | undefined): Promise<void> {
  await server.start();
  const works = await scene.world.currentSecretWorks();
  report.logins(1, works ? 0 : 1);
  if (before === undefined) return;
  await withOracle(scene, async (oracle) => {
    for (const problem of await halfStates(scene.world, oracle, before)) report.broken(problem);
  });
}
