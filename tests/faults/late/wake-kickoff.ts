import { FunctionError } from '../../../local/lambda/function-error';
import type { World } from '../../support/world';
import type { CrashPoint } from '../crash/crossings';
import { kickoffProcess } from '../crash/kickoff-process';
import { whileApplicationRuns } from '../harness/application';
import type { FaultCloud } from '../harness/fault-cloud';
import { cancelRotation, rotateBySecretsManager } from '../harness/rotations';
import type { Stage } from '../harness/stage';
import type { PointReport } from '../kind';
import { requireNamed } from './named';

const TIMED_OUT = new FunctionError('Sandbox.Timedout', 'Task timed out');

async function rotate(cloud: FaultCloud, world: World, report: PointReport): Promise<void> {
  if (!(await rotateBySecretsManager(cloud, world))) report.broken('Secrets Manager gave up');
}

/**
 * Holds kickoff at the point, as if its process had been frozen; Secrets Manager calls it anew, rotates to the end
 * and `further` times more; then the frozen one wakes, and must change nothing.
 */
export async function wakeKickoffLate(
  { cloud, oracle }: Stage,
  world: World,
  { point, further }: { point: CrashPoint; further: number },
  report: PointReport,
): Promise<void> {
  const { interference } = cloud;
  const [frozen, warm] = [kickoffProcess(cloud), kickoffProcess(cloud)];
  const reached = Promise.withResolvers<'held'>();
  const opened = Promise.withResolvers<undefined>();
  let crossings = 0;
  let held: Promise<unknown> | undefined;
  interference.watchKickoff = () => {
    crossings += 1;
    if (crossings !== point.index) return;
    interference.watchKickoff = undefined;
    reached.resolve('held');
    return opened.promise;
  };
  interference.kickoff = async (event) => {
    if (held !== undefined) return warm.invoke(event);
    const running = frozen.invoke(event);
    if ((await Promise.race([reached.promise, running])) !== 'held') return running;
    held = running.then(
      () => undefined,
      (error: unknown) => (error as Error).name,
    );
    throw TIMED_OUT;
  };
  try {
    await whileApplicationRuns(world, report, async () => {
      for (let rotation = 0; rotation <= further; rotation += 1) await rotate(cloud, world, report);
      const before = JSON.stringify(await world.snapshot());
      opened.resolve(undefined);
      requireNamed((await held) as string | undefined, report);
      await cloud.settled();
      if (JSON.stringify(await world.snapshot()) !== before)
        report.broken('the late kickoff changed something');
    });
    for (const problem of await oracle.afterRecovery(world)) report.broken(problem);
    await cancelRotation(world);
  } finally {
    opened.resolve(undefined);
    cloud.reset();
    await frozen.close();
    await warm.close();
  }
}
