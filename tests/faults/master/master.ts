import { STEP_VICTIMS } from '../crash/crossings';
import { variantOf, withStage } from '../harness/stage';
import type { FaultRun } from '../kind';
import { rotateBeside } from './beside';
import { brokenMasters, rotateWithBrokenMaster } from './broken-master';
import { MASTER_STEPS } from './master-rotation';
import { ordersOf, textOf } from './orders';

/** Attempts of SetSecret by which the server may be late; the state machine makes eleven. */
const DELAYS = [0, 1, 4];

/** Where the run is bounded. */
const SAMPLE = 14;

/** The master rotates at the same moment, or did and died. */
export async function run(faults: FaultRun): Promise<void> {
  const orders = ordersOf(MASTER_STEPS.length, STEP_VICTIMS.length);
  const all = DELAYS.flatMap((delay) => orders.map((order) => ({ delay, order })));
  const cases = faults.isBounded ? faults.random.sample(all, SAMPLE) : all;
  await withStage(variantOf('least-rights-master'), async (stage) => {
    const { oracle, withWorld } = stage;
    for (const { delay, order } of cases) {
      const name = `${textOf(order, STEP_VICTIMS)}, the server ${delay} attempts late`;
      await faults.point(name, (report) =>
        withWorld((world) => rotateBeside({ oracle, world, order, delay, report })),
      );
    }
    for (const broken of brokenMasters) {
      for (const isOld of [false, true]) {
        await faults.point(`${broken.name}${isOld ? ' long ago' : ''}`, (report) =>
          withWorld((world) => rotateWithBrokenMaster(stage, world, broken, isOld, report)),
        );
      }
    }
  });
}
