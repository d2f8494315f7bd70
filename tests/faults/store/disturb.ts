import { whileApplicationRuns } from '../harness/application';
import type { Oracle } from '../harness/oracle';
import type { PointReport } from '../kind';
import { halfStates, look } from '../server/half-states';
import { requireRotated } from '../server/observed-rotation';
import { rotateDisturbed, type Disturbance } from './disturbed-rotation';
import type { StoreScene } from './store-scene';

interface Stage {
  scene: StoreScene;
  oracle: Oracle;
  report: PointReport;
}

export interface Allowed {
  /** What attempts may fail with. */
  errors: readonly string[];
  /** Whether a rotation may find that there is nothing to do. */
  isNothingToDo: boolean;
}

/** Rotates with a fault, while an application logs in, and says what was wrong then and after the next rotation. */
export async function disturb(
  disturbance: Disturbance,
  allowed: Allowed,
  { scene, oracle, report }: Stage,
): Promise<void> {
  const { world } = scene;
  await whileApplicationRuns(world, report, async () => {
    const before = await look(world, oracle);
    const { record, errors, isReached } = await rotateDisturbed(scene, disturbance);
    if (!isReached) report.broken('the rotation never made this call');
    if (errors.some((name) => !allowed.errors.includes(name))) {
      report.broken(`attempts failed with ${errors.join(', ')}: ${record.cause ?? 'and it succeeded'}`);
    }
    const isFailed = record.status !== 'SUCCEEDED';
    if (isFailed && disturbance.extent !== 'outage') {
      report.broken(`ended with ${record.status} ${record.error}: ${record.cause}`);
    }
    const isMoved = (await world.labels())['AWSCURRENT'] !== before.currentVersion;
    // A promotion whose every answer was lost is one all the same; what was promoted is looked at in any case.
    const isUnheard = isMoved && disturbance.fault.hasEffect === true;
    if (isFailed && !isUnheard) {
      for (const problem of await halfStates(world, oracle, before)) report.broken(problem);
    }
    if (isFailed && isUnheard) {
      for (const problem of await oracle.afterRecovery(world)) report.broken(problem);
    }
    if (!isFailed && !isMoved && !allowed.isNothingToDo) report.broken('succeeded, and nothing was promoted');
    if (isFailed || !isMoved) await requireRotated(world);
    if ((await world.labels())['AWSCURRENT'] === before.currentVersion) {
      report.broken('the next rotation promoted nothing');
    }
  });
  for (const problem of await oracle.afterRecovery(world)) report.broken(problem);
}
