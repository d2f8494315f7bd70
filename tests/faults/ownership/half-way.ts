import { FunctionError } from '../../../local/lambda/function-error';
import { steps } from '../../../local/steps';
import type { World } from '../../support/world';
import { Lost } from '../harness/crossing';
import type { FaultCloud } from '../harness/fault-cloud';
import type { FaultRun } from '../kind';
import { lookAtLogins, makeTwoSecrets, requireRefusedByName, separate } from './two-secrets';

/** Of the points of a first rotation, where the run is bounded. */
const SAMPLE = 4;

/** Rotates, and ends SetSecret at its `index`-th crossing, for good. @returns how many crossings there were */
async function rotateUntil({ interference }: FaultCloud, world: World, index: number): Promise<number> {
  let crossings = 0;
  const SetSecret = async (event: unknown): Promise<unknown> => {
    interference.watch = () => {
      crossings += 1;
      if (crossings >= index) throw new Lost();
    };
    try {
      return await steps.SetSecret(event);
    } catch {
      // A name that the state machine does not try again.
      throw new FunctionError('Lambda.ResourceNotFoundException', 'the function is gone');
    } finally {
      interference.watch = undefined;
    }
  };
  await world.rotate({ handlers: { ...steps, SetSecret } });
  return crossings;
}

/** One secret's first rotation ends at each thing that SetSecret says; then the other secret's turn comes. */
export async function halfWay(faults: FaultRun, cloud: FaultCloud): Promise<void> {
  const make = () => cloud.makeWorld({ naming: 'suffix' });
  const watched = await make();
  const count = await rotateUntil(cloud, watched, Number.POSITIVE_INFINITY);
  await watched.close();

  const all = Array.from({ length: count }, (_, index) => index + 1);
  for (const index of faults.isBounded ? faults.random.sample(all, SAMPLE) : all) {
    await faults.point(`half-way/${index}`, async (report) => {
      const world = await make();
      try {
        const two = await makeTwoSecrets(world, true);
        await rotateUntil(cloud, world, index);
        await lookAtLogins(two, report);
        const records = [await two.reader.rotate(), await world.rotate(), await two.reader.rotate()];
        for (const record of records) requireRefusedByName(record, report);
        const successes = records.filter(({ status }) => status === 'SUCCEEDED');
        if (successes.length !== 1) report.broken(`${successes.length} of the three rotations succeeded`);
        await lookAtLogins(two, report);
        await separate(two, report);
      } finally {
        await world.close();
      }
    });
  }
}
