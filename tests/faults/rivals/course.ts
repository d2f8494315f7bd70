import { setTimeout as delay } from 'node:timers/promises';
import type { ExecutionRecord } from '../../../local/state-machine/execution-record';
import type { RunOptions } from '../../../local/state-machine/run-state-machine';
import type { World } from '../../support/world';
import { realHandlers } from '../crash/crossings';
import type { Stage } from '../harness/stage';
import type { FaultRun, PointReport } from '../kind';
import { PEOPLE } from './people';
import { Rival, type Stop } from './rival';
import { judge, type RivalLogins } from './verdict';

/** How two executions with different version ids meet. */
export interface Course {
  name: string;
  /** Where the second stands still while the first begins; it has read the labels, and has not written. */
  secondWaits: Stop;
  /** Where the first stands still until the second has come to `secondTo`; Infinity: it does not. */
  firstTo: Stop;
  secondTo: Stop;
  /** The crossing of the first, or of the second, whose bytes get lost. */
  lost?: { of: 'first' | 'second'; at: number };
  /** What a person does when the first stands still. */
  person?: string;
  /** Every step of both is delivered once more at the end. */
  isRepeated?: boolean;
}

/** Where the second stands before it writes its version, and where each stands before it promotes. */
export const WRITE = 'before secrets-manager PutSecretValue';
export const PROMOTION = 'before secrets-manager UpdateSecretVersionStage';

const PAUSE_MS = 40;

async function whileLoggingIn<Result>(
  world: World,
  logins: RivalLogins,
  use: () => Promise<Result>,
): Promise<Result> {
  const ending = { isNear: false };
  const work = async (): Promise<void> => {
    while (!ending.isNear) {
      logins.tried += 1;
      if (!(await world.currentSecretWorks())) logins.failed += 1;
      await delay(PAUSE_MS);
    }
  };
  const working = work();
  try {
    return await use();
  } finally {
    ending.isNear = true;
    await working;
  }
}

/** Runs two executions as the course says. @returns how they ended */
async function run({ cloud }: Stage, world: World, course: Course, options: Partial<RunOptions>) {
  const { lost } = course;
  const lossOf = (who: 'first' | 'second'): number => (lost?.of === who ? lost.at : 0);
  const first = new Rival(cloud, world, options);
  const second = new Rival(cloud, world, options);
  const records: ExecutionRecord[] = [];
  const note = (record: ExecutionRecord | undefined): boolean => {
    if (record !== undefined) records.push(record);
    return record !== undefined;
  };
  try {
    const isSecondOver = note(await second.goTo(course.secondWaits));
    const isFirstOver = note(await first.goTo(course.firstTo, lossOf('first')));
    if (course.person !== undefined) await PEOPLE[course.person]?.(world);
    const isOver = isSecondOver || note(await second.goTo(course.secondTo, lossOf('second')));
    if (!isFirstOver) note(await first.end());
    if (!isOver) note(await second.end());
    if (course.isRepeated === true) {
      for (const { step, event } of [...first.calls, ...second.calls]) {
        await realHandlers[step](event).catch(() => undefined);
      }
    }
    return { records, first, second };
  } finally {
    cloud.reset();
  }
}

/** How much each of two executions says when nothing is in their way, to know the points. */
export async function watchRivals(stage: Stage, world: World, secondWaits: Stop) {
  const course = { name: '', secondWaits, firstTo: Infinity, secondTo: Infinity };
  const { first, second } = await run(stage, world, course, {});
  return { first: first.crossings, second: second.crossings };
}

/** Runs a course beside an application, and judges it. */
export async function runCourse(
  stage: Stage,
  world: World,
  course: Course,
  { faults, report, options = {} }: { faults: FaultRun; report: PointReport; options?: Partial<RunOptions> },
): Promise<void> {
  const logins: RivalLogins = { tried: 0, failed: 0 };
  const { records } = await whileLoggingIn(world, logins, () => run(stage, world, course, options));
  const { oracle } = stage;
  const isMoved = course.person?.includes('AWSCURRENT') === true;
  await judge({ world, oracle, report, faults, records, logins, isMoved });
}
