import { startFaultCloud } from '../harness/fault-cloud';
import { Oracle } from '../harness/oracle';
import type { FaultRun, PointReport } from '../kind';
import { CROWD, startCrowd, type Crowd } from './crowd';
import { planRotations, type PlannedRotation } from './planned-rotations';
import { owners, type Owner } from './owners';
import { refuseOnce } from './refuse-once';

/** Rotates again and again while applications of three kinds log in; each rotation is a point. */
export async function rotateWhileApplicationsRun(run: FaultRun, owner: Owner): Promise<void> {
  const planned = planRotations(run);
  const wanted = planned.findLastIndex(({ name }) => run.wants(name));
  if (wanted === -1) return;
  const cloud = await startFaultCloud();
  const oracle = await Oracle.open();
  const world = await cloud.makeWorld();
  await world.admin.run(`ALTER TABLE \`${world.database}\`.item MODIFY id INT AUTO_INCREMENT`);
  const crowd = startCrowd(world);

  const rotate = async (rotation: PlannedRotation, report: PointReport): Promise<void> => {
    if (rotation.opensSession) await crowd.openSession();
    const before = await world.labels();
    if (rotation.refused !== undefined) refuseOnce(cloud, rotation.refused);
    let failure = await owners[owner](cloud, world);
    // A scheduled rotation that was refused has failed, as it should; the next one takes its version up.
    if (owner === 'schedule' && rotation.refused !== undefined) {
      if (failure?.includes('SecretAccessDeniedError') !== true) {
        report.broken(
          `was refused ${rotation.refused}: expected SecretAccessDeniedError, found ${failure ?? 'success'}`,
        );
      }
      failure = await owners[owner](cloud, world);
    }
    cloud.reset();
    if (failure !== undefined) report.broken(failure);
    await crowd.fullRound();
    if ((await world.labels())['AWSPREVIOUS'] !== before['AWSCURRENT']) {
      report.broken('AWSPREVIOUS is not the version that was current before this rotation');
    }
    for (const problem of await oracle.afterRecovery(world)) report.broken(problem);
    tell(crowd, run, report);
  };

  try {
    for (const rotation of planned.slice(0, wanted + 1)) {
      // One that is not asked for is made all the same: the ones after it begin where it ends.
      if (run.wants(rotation.name)) await run.point(rotation.name, (report) => rotate(rotation, report));
      else await rotate(rotation, { broken: () => undefined, logins: () => undefined });
      run.count('rotations');
    }
    run.count('re-reads after a refused login', crowd.reReads());
  } finally {
    await crowd.stop();
    await world.close();
    await oracle.close();
    await cloud.close();
  }
}

function tell(crowd: Crowd, run: FaultRun, report: PointReport): void {
  for (const { kind, name, tried, failures } of crowd.take()) {
    run.count(CROWD[kind], tried);
    if (kind === 'sessions') {
      for (const failure of failures) report.broken(`${name}: ${failure}`);
    } else {
      report.logins(tried, failures.length);
      for (const failure of new Set(failures)) report.broken(`${name}: ${failure}`);
    }
  }
}
