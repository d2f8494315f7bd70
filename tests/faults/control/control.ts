import { inProcess, type Invoke } from '../../../local/lambda/in-process';
import { steps } from '../../../local/steps';
import { crashOnce } from '../crash/crash-once';
import { findCrashPoints, nameOf, realHandlers, type StepVictim } from '../crash/crossings';
import { variantOf, withStage, type Stage } from '../harness/stage';
import { startProcess, type StepProcess } from '../harness/step-process';
import type { FaultRun, PointReport } from '../kind';
import { wakeLate } from '../late/wake-late';
import { withOldRule } from '../ownership/old-rule';
import { takeFromOthers } from '../ownership/take-from-others';
import { withNaiveBundle } from './bundle';
import { handler as naiveSetSecret } from './naive-set-secret';
import { handler as naiveTestSecret } from './naive-test-secret';

/** The rotation that the harness must not believe in. */
const naive: Record<StepVictim, Invoke> = {
  ...realHandlers,
  SetSecret: inProcess(naiveSetSecret as (event: unknown) => unknown),
  TestSecret: inProcess(naiveTestSecret as (event: unknown) => unknown),
};

/** A report of a point that is expected to break: what is broken is a loss that was found. */
function lossReport(losses: Set<string>, point: string): PointReport {
  return {
    broken: () => losses.add(point),
    logins: (_tried, failed) => {
      if (failed > 0) losses.add(point);
    },
  };
}

/** Kills the naive SetSecret at each of its points. @returns how many there are */
async function crashNaively(
  { cloud, oracle, withWorld }: Stage,
  file: string,
  losses: Set<string>,
): Promise<number> {
  const all = await withWorld((world) => findCrashPoints(cloud, world, 'retry', { handlers: naive }));
  const points = all.filter(({ victim }) => victim === 'SetSecret');
  for (const point of points) {
    const report = lossReport(losses, nameOf(point));
    const start = (): StepProcess => startProcess(file);
    await withWorld((world) =>
      // A rotation that gives up loses nothing.
      crashOnce({ cloud, oracle, world, point, way: 'retry', report, start, handlers: naive }).catch(
        () => false,
      ),
    );
  }
  return points.length;
}

/** Wakes the naive SetSecret when another rotation has finished. @returns how many points there are */
async function wakeNaively({ cloud, oracle, withWorld }: Stage, losses: Set<string>): Promise<number> {
  const all = await withWorld((world) => findCrashPoints(cloud, world, 'retry', { handlers: naive }));
  const points = all.flatMap((point) =>
    point.victim === 'SetSecret' ? [{ ...point, victim: point.victim }] : [],
  );
  for (const point of points) {
    const report = lossReport(losses, nameOf(point));
    await withWorld((world) =>
      wakeLate({
        cloud,
        oracle,
        world,
        point,
        situation: 'another rotation has finished',
        handlers: naive,
        report,
      }).catch(() => undefined),
    );
  }
  return points.length;
}

/** The harness on a rotation that loses rights, and logins: it must find where. */
export async function run(faults: FaultRun): Promise<void> {
  await withStage(variantOf('first-rotation'), async (stage) => {
    await faults.point('a naive rotation loses rights where it crashes', async (report) => {
      const losses = new Set<string>();
      await withNaiveBundle(async (file) => {
        faults.count('naive crash points', await crashNaively(stage, file, losses));
      });
      faults.count('naive crash points with a loss', losses.size);
      if (losses.size === 0) report.broken('no loss was found in a rotation that loses rights');
    });
    await faults.point('a naive step that wakes late takes away a login in use', async (report) => {
      const losses = new Set<string>();
      faults.count('naive late points', await wakeNaively(stage, losses));
      faults.count('naive late points with a loss', losses.size);
      if (losses.size === 0)
        report.broken('no loss was found in a rotation that overwrites passwords in use');
    });
    await faults.point(
      'a rotation that asks nobody whose a standby user is takes it away',
      async (report) => {
        const losses = new Set<string>();
        let points = 0;
        await withOldRule(async (SetSecret) => {
          points = await takeFromOthers(stage.cloud, { ...steps, SetSecret }, (point) =>
            lossReport(losses, point),
          );
        });
        faults.count('points of the old rule', points);
        faults.count('points of the old rule with a loss', losses.size);
        if (losses.size < points) report.broken(`${points - losses.size} losses of ${points} were not found`);
      },
    );
  });
}
