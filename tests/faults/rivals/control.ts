import { loadDefinition } from '../../../local/state-machine/load-definition';
import { tasksOf } from '../../../local/state-machine/states';
import type { Stage } from '../harness/stage';
import type { FaultRun } from '../kind';
import { PROMOTION, runCourse, WRITE } from './course';

/** The state machine of the releases in which an execution that was overtaken just ended. */
function withoutRestore(): ReturnType<typeof loadDefinition> {
  const definition = structuredClone(loadDefinition());
  for (const [, task] of tasksOf(definition)) {
    if (task.Catch === undefined) continue;
    task.Catch = task.Catch.filter(({ ErrorEquals }) => !ErrorEquals.includes('RotationSupersededError'));
  }
  return definition;
}

/** Where the second stands when the first one's promotion arrives: it has set the user. */
const SET = [PROMOTION];

/** Holds the first one's promotion until the second has set the user. @returns how many points showed a loss */
export async function findControlLosses(stage: Stage, faults: FaultRun): Promise<number> {
  const options = { definition: withoutRestore() };
  const silent: FaultRun = { ...faults, count: () => undefined };
  let losses = 0;
  for (const secondTo of SET) {
    const broken: string[] = [];
    const report = {
      broken: (invariant: string) => void broken.push(invariant),
      logins: () => undefined,
    };
    const course = { name: 'control', secondWaits: WRITE, firstTo: PROMOTION, secondTo };
    await stage.withWorld((world) => runCourse(stage, world, course, { faults: silent, report, options }));
    if (broken.length > 0) losses += 1;
  }
  faults.count('points without a restore', SET.length);
  faults.count('points without a restore with a loss', losses);
  return losses;
}
