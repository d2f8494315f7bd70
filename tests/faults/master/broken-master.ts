import { randomUUID } from 'node:crypto';
import type { World } from '../../support/world';
import { whileApplicationRuns } from '../harness/application';
import type { Stage } from '../harness/stage';
import type { PointReport } from '../kind';
import { MasterRotation } from './master-rotation';

/** Longer than a pending version of the master counts as a rotation under way (15 minutes). */
const OLD_MS = 20 * 60_000;

interface BrokenMaster {
  name: string;
  happen: (world: World) => Promise<void>;
  /** What makes the master's secret true again; without it the rotation must succeed as it is. */
  mend?: (world: World) => Promise<void>;
}

const steps = async (world: World, count: number): Promise<void> => {
  const master = new MasterRotation(world);
  for (let step = 0; step < count; step += 1) await master.next();
  await master.arrive();
};

const setByHand = ({ admin, master }: World, password: string): Promise<void> =>
  admin.run(`ALTER USER '${master.username}' IDENTIFIED BY '${password}'`);

/** States in which a master's rotation, or somebody, may leave it for good. */
export const brokenMasters: readonly BrokenMaster[] = [
  { name: 'its rotation died after createSecret', happen: (world) => steps(world, 1) },
  { name: 'its rotation died after setSecret', happen: (world) => steps(world, 2) },
  { name: 'its rotation died after testSecret', happen: (world) => steps(world, 3) },
  {
    name: 'AWSPENDING is left on an older version',
    happen: async (world) => {
      await steps(world, 4);
      const value = JSON.stringify({
        ...(await world.secret('AWSCURRENT', world.masterArn)),
        password: 'old',
      });
      world.secrets.seed.version(world.masterArn, { versionId: randomUUID(), value, stages: ['AWSPENDING'] });
    },
  },
  {
    name: 'AWSPENDING is on an empty version',
    happen: (world) => {
      world.secrets.seed.version(world.masterArn, { versionId: randomUUID(), stages: ['AWSPENDING'] });
      return Promise.resolve();
    },
  },
  {
    name: 'its password was changed by hand',
    happen: (world) => setByHand(world, 'changed by hand'),
    mend: (world) => setByHand(world, world.master.password),
  },
  {
    name: 'its password was changed by hand after its rotation died',
    happen: async (world) => {
      await steps(world, 2);
      await setByHand(world, 'changed by hand');
    },
    mend: (world) => setByHand(world, world.master.password),
  },
];

/** @param isOld whether what happened to the master happened long ago */
export async function rotateWithBrokenMaster(
  { cloud, oracle }: Stage,
  world: World,
  { happen, mend }: BrokenMaster,
  isOld: boolean,
  report: PointReport,
): Promise<void> {
  cloud.interference.agedByMs = isOld ? OLD_MS : 0;
  await happen(world);
  cloud.interference.agedByMs = 0;
  const before = JSON.stringify(await world.snapshot());
  await whileApplicationRuns(world, report, async () => {
    const first = await world.rotate();
    if (mend === undefined) {
      if (first.status !== 'SUCCEEDED') report.broken(`the rotation ended ${String(first.error)}`);
      return;
    }
    if (first.error !== 'MasterCredentialRejectedError')
      report.broken(`it ended with ${String(first.error)}`);
    if (JSON.stringify(await world.snapshot()) !== before)
      report.broken('the failed rotation changed something');
    await mend(world);
    const { status, error } = await world.rotate();
    if (status !== 'SUCCEEDED') report.broken(`the mended rotation ended ${String(error)}`);
  });
  for (const problem of await oracle.afterRecovery(world)) report.broken(problem);
}
