import type { FaultCloud } from '../harness/fault-cloud';
import type { FaultRun } from '../kind';
import { lookAtLogins, makeTwoSecrets, requireRefusedByName, separate } from './two-secrets';

/** Every sequence of a length in which the two secrets can be rotated: `WWR`, for example. */
function sequences(length: number): string[] {
  if (length === 0) return [''];
  return sequences(length - 1).flatMap((text) => [`${text}W`, `${text}R`]);
}

/** One secret first, the other one first, and one alone until it comes to the user that the other holds. */
const BOUNDED = ['WRW', 'RWR', 'WWR'];

/** The first rotation of each, one after the other: more of one alone is not to be seen from another stack. */
const OF_TWO_STACKS = ['WR', 'RW'];

/** Two secrets that hold the same user, in every order of their rotations. */
export async function orders(faults: FaultRun, cloud: FaultCloud): Promise<void> {
  const cases = [
    ...(faults.isBounded ? BOUNDED : sequences(5)).map((order) => ({ order, isListed: true })),
    ...OF_TWO_STACKS.map((order) => ({ order, isListed: false })),
  ];
  for (const { order, isListed } of cases) {
    await faults.point(`${isListed ? 'one stack' : 'two stacks'}/${order}`, async (report) => {
      const world = await cloud.makeWorld({ naming: 'suffix' });
      try {
        const two = await makeTwoSecrets(world, isListed);
        let refused = 0;
        for (const turn of order) {
          const record = await (turn === 'W' ? world : two.reader).rotate();
          requireRefusedByName(record, report);
          if (record.status !== 'SUCCEEDED') refused += 1;
          await lookAtLogins(two, report);
        }
        if (refused === 0) report.broken('both secrets were rotated, and none was refused');
        await separate(two, report);
      } finally {
        await world.close();
      }
    });
  }
}
