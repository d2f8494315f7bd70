import {
  findCrashPoints,
  nameOf,
  realHandlers,
  STEP_VICTIMS,
  type CrashPoint,
  type StepVictim,
} from '../crash/crossings';
import { variantOf, withStage, type Stage } from '../harness/stage';
import type { FaultRun } from '../kind';
import { interleave } from './interleave';
import { SITUATIONS, wakeLate, type Situation } from './wake-late';

/** Where the run is bounded, for each variant. */
const SAMPLE = 16;
const ORDERS = { bounded: 2, whole: 50 };

type StepPoint = CrashPoint & { victim: StepVictim };

async function findPoints({ cloud, withWorld }: Stage): Promise<StepPoint[]> {
  const points = await withWorld((world) => findCrashPoints(cloud, world, 'retry', {}));
  return points.filter((point): point is StepPoint => point.victim !== 'Kickoff');
}

async function wakeEverywhere(faults: FaultRun, stage: Stage): Promise<void> {
  const situations = Object.keys(SITUATIONS) as Situation[];
  const points = await findPoints(stage);
  const all = points.flatMap((point) => situations.map((situation) => ({ point, situation })));
  const cases = faults.isBounded ? faults.random.sample(all, SAMPLE) : all;
  for (const { point, situation } of cases) {
    await faults.point(`${nameOf(point)}, woken when ${situation}`, (report) =>
      stage.withWorld((world) =>
        wakeLate({ ...stage, world, point, situation, handlers: realHandlers, report }),
      ),
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
    await interleaveEachStep(faults, stage);
  });
}
