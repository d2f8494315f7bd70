import type { Invoke } from '../../../local/lambda/in-process';
import { reads } from '../../support/neighbour';
import { makeStranger, stranger } from '../../support/stranger';
import type { World } from '../../support/world';
import type { FaultCloud } from '../harness/fault-cloud';
import type { PointReport } from '../kind';
import { lookAtLogins, makeTwoSecrets } from './two-secrets';

type Handlers = Readonly<Record<string, Invoke>>;

const POINTS: Readonly<
  Record<string, (world: World, handlers: Handlers, report: PointReport) => Promise<void>>
> = {
  'two secrets, each rotated': async (world, handlers, report) => {
    const two = await makeTwoSecrets(world, true);
    await world.rotate({ handlers });
    await two.reader.rotate({ handlers });
    await lookAtLogins(two, report);
  },
  'two secrets, one rotated twice': async (world, handlers, report) => {
    const two = await makeTwoSecrets(world, true);
    await world.rotate({ handlers });
    await world.rotate({ handlers });
    await lookAtLogins(two, report);
  },
  'a stranger': async (world, handlers, report) => {
    const [, username] = world.users;
    await makeStranger(world, username);
    await world.rotate({ handlers });
    report.logins(1, (await reads(stranger(username), world)) ? 0 : 1);
  },
};

/** Rotates where others have the standby user. @returns at how many points, each of which must report a loss */
export async function takeFromOthers(
  cloud: FaultCloud,
  handlers: Handlers,
  reportOf: (point: string) => PointReport,
): Promise<number> {
  for (const [point, act] of Object.entries(POINTS)) {
    const world = await cloud.makeWorld({ naming: 'suffix' });
    try {
      await act(world, handlers, reportOf(point));
    } finally {
      await world.close();
    }
  }
  return Object.keys(POINTS).length;
}
