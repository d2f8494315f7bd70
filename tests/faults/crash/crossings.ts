import { inProcess, type Invoke } from '../../../local/lambda/in-process';
import { steps } from '../../../local/steps';
import type { World } from '../../support/world';
import type { Crossing } from '../harness/crossing';
import type { FaultCloud } from '../harness/fault-cloud';
import type { KickoffProcess } from './kickoff-process';
import { rotateBy, type Way } from './rotation-ways';

export const STEP_VICTIMS = ['CreateSecret', 'SetSecret', 'TestSecret', 'FinishSecret'] as const;

export type StepVictim = (typeof STEP_VICTIMS)[number];

/** Whose process is killed. Kickoff's in any of the calls that Secrets Manager makes. */
export type Victim = StepVictim | 'Kickoff';

/** The steps of a rotation, in this process. */
export const realHandlers: Record<StepVictim, Invoke> = {
  CreateSecret: inProcess(steps.CreateSecret),
  SetSecret: inProcess(steps.SetSecret),
  TestSecret: inProcess(steps.TestSecret),
  FinishSecret: inProcess(steps.FinishSecret),
};

/** A point at which a process may end: the `index`-th crossing of a victim, counted from 1. */
export interface CrashPoint {
  victim: Victim;
  index: number;
  crossing: Crossing;
}

export const nameOf = ({ victim, index, crossing: { moment, what } }: CrashPoint): string =>
  `${victim}/${index} ${moment} ${what}`;

/** Finds every point by watching one whole rotation, which is not disturbed. */
export async function findCrashPoints(
  cloud: FaultCloud,
  world: World,
  way: Way,
  { handlers = realHandlers, kickoff }: { handlers?: typeof realHandlers; kickoff?: KickoffProcess },
): Promise<CrashPoint[]> {
  const points: CrashPoint[] = [];
  const add = (victim: Victim, crossing: Crossing): void => {
    const index = points.filter((point) => point.victim === victim).length + 1;
    points.push({ victim, index, crossing });
  };
  const { interference } = cloud;
  for (const step of STEP_VICTIMS) {
    interference.invoke[step] = (event) => {
      interference.watch = (crossing) => {
        add(step, crossing);
      };
      return handlers[step](event);
    };
  }
  if (kickoff !== undefined) {
    interference.kickoff = kickoff.invoke;
    interference.watchKickoff = (crossing) => {
      add('Kickoff', crossing);
    };
  }
  await rotateBy(way, cloud, world, { isWhole: true, mend: () => undefined, look: () => Promise.resolve() });
  cloud.reset();
  return points;
}
