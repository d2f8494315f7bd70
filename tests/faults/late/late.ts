import {
  findCrashPoints,
  nameOf,
  realHandlers,
  STEP_VICTIMS,
  type CrashPoint,
  type StepVictim,
} from '../crash/crossings';
import { kickoffProcess } from '../crash/kickoff-process';
import { variantOf, withStage, type Stage } from '../harness/stage';
import type { FaultRun } from '../kind';
import { interleave } from './interleave';
import { wakeKickoffLate } from './wake-kickoff';
import { SITUATIONS, wakeLate, type Situation } from './wake-late';

/** Where the run is bounded, for each variant. */
const SAMPLE = 16;
const KICKOFF_SAMPLE = 3;

/** Half a minute each, so few, and only where the run is whole. */
const LEASES = 3;
const LEASE: Situation = 'its lease has run out';
const ORDERS = { bounded: 2, whole: 50 };

type StepPoint = CrashPoint & { victim: StepVictim };

async function findPoints({ cloud, withWorld }: Stage): Promise<StepPoint[]> {
  const points = await withWorld((world) => findCrashPoints(cloud, world, 'retry', {}));
  return points.filter((point): point is StepPoint => point.victim !== 'Kickoff');
}

async function wakeEverywhere(faults: FaultRun, stage: Stage): Promise<void> {
  const situations = (Object.keys(SITUATIONS) as Situation[]).filter((situation) => situation !== LEASE);
  const points = await findPoints(stage);
  const all = points.flatMap((point) => situations.map((situation) => ({ point, situation })));
  const inSession = points.filter(
    ({ victim, crossing }) => victim === 'SetSecret' && crossing.what === 'database',
  );
  const leases = faults.random
    .sample(inSession.slice(Math.ceil(inSession.length / 2)), LEASES)
    .map((point) => ({ point, situation: LEASE }));
  const cases = faults.isBounded ? faults.random.sample(all, SAMPLE) : [...all, ...leases];
  for (const { point, situation } of cases) {
    await faults.point(`${nameOf(point)}, woken when ${situation}`, (report) =>
      stage.withWorld((world) =>
        wakeLate({ ...stage, world, point, situation, handlers: realHandlers, report }),
      ),
    );
  }
}

async function wakeKickoffEverywhere(faults: FaultRun, stage: Stage): Promise<void> {
  const kickoff = kickoffProcess(stage.cloud);
  const found = await stage
    .withWorld((world) => findCrashPoints(stage.cloud, world, 'secrets-manager', { kickoff }))
    .finally(() => kickoff.close());
  const points = found.filter(({ victim }) => victim === 'Kickoff');
  const all = points.flatMap((point) => [0, 1, 2].map((further) => ({ point, further })));
  for (const late of faults.isBounded ? faults.random.sample(all, KICKOFF_SAMPLE) : all) {
    await faults.point(`${nameOf(late.point)}, woken after ${late.further} further rotations`, (report) =>
      stage.withWorld((world) => wakeKickoffLate(stage, world, late, report)),
    );
  }
}

async function interleaveEachStep(faults: FaultRun, stage: Stage): Promise<void> {
  const orders = faults.isBounded ? ORDERS.bounded : ORDERS.whole;
  for (const step of STEP_VICTIMS) {
    for (let order = 1; order <= orders; order += 1) {
      const random = faults.fork(`${step}/${order}`);
      await faults.point(`${step} twice at once, order ${order}`, (report) =>
        stage.withWorld((world) => interleave({ ...stage, world, step, random, report })),
      );
    }
  }
}

/** Steps delivered twice at once, and steps that stand still and wake when the world has moved on. */
export async function run(faults: FaultRun): Promise<void> {
  await withStage(variantOf(faults.part), async (stage) => {
    await wakeEverywhere(faults, stage);
    await wakeKickoffEverywhere(faults, stage);
    await interleaveEachStep(faults, stage);
  });
}
