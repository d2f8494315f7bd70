import { realHandlers, STEP_VICTIMS } from '../crash/crossings';
import { whileApplicationRuns } from '../harness/application';
import { variantOf, withStage, type Stage } from '../harness/stage';
import type { FaultRun, PointReport } from '../kind';
import type { Randomness } from '../randomness';
import type { World } from '../../support/world';
import { divergence, newModel } from './model';
import { operate, type Scene } from './operations';

/** Walks of each part, and operations of each walk. */
const SIZES = { bounded: { walks: 1, operations: 25 }, whole: { walks: 8, operations: 100 } };

/** Enough of the story to see what led to a divergence. */
const STORY = 12;

/** Notes each step's call, for it to come again. */
function listen({ cloud, model }: Scene): void {
  for (const step of STEP_VICTIMS) {
    cloud.interference.invoke[step] ??= (event) => {
      model.calls.push({ step, event });
      return realHandlers[step](event);
    };
  }
}

async function walk(
  { cloud, oracle }: Stage,
  world: World,
  random: Randomness,
  operations: number,
  report: PointReport,
): Promise<number> {
  const scene: Scene = { cloud, world, random, model: newModel(await world.labels()) };
  const story: string[] = [];
  for (let done = 1; done <= operations; done += 1) {
    listen(scene);
    const before = scene.model.labels['AWSCURRENT'];
    const outcome = await operate(scene);
    cloud.reset();
    story.push(`${outcome.what}${outcome.ended === undefined ? '' : `: ${outcome.ended}`}`);
    const problems = await divergence(scene.model, outcome, world);
    if (before !== scene.model.labels['AWSCURRENT']) problems.push(...(await oracle.differences(world)));
    if (problems.length === 0) continue;
    const told = story.slice(-STORY).join('; ');
    for (const problem of problems) report.broken(`operation ${done}: ${problem} (${told})`);
    return done;
  }
  return operations;
}

/** Random operations of everybody who may touch a secret and its users, beside a model of what must follow. */
export async function run(faults: FaultRun): Promise<void> {
  const { walks, operations } = faults.isBounded ? SIZES.bounded : SIZES.whole;
  await withStage(variantOf('least-rights-master'), async (stage) => {
    for (let number = 1; number <= walks; number += 1) {
      const random = faults.fork(String(number));
      await faults.point(`walk ${number}`, (report) =>
        stage.withWorld((world) =>
          whileApplicationRuns(world, report, async () => {
            faults.count('operations', await walk(stage, world, random, operations, report));
          }),
        ),
      );
    }
  });
}
