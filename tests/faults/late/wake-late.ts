import { FunctionError } from '../../../local/lambda/function-error';
import { steps } from '../../../local/steps';
import type { World } from '../../support/world';
import type { CrashPoint, realHandlers, StepVictim } from '../crash/crossings';
import { whileApplicationRuns } from '../harness/application';
import type { FaultCloud } from '../harness/fault-cloud';
import type { Oracle } from '../harness/oracle';
import type { PointReport } from '../kind';
import { holdAt, type Held } from './hold';
import { requireNamed } from './named';

/** What happens while an invocation stands still. */
export const SITUATIONS = {
  'a twin has done the same': 'twin',
  'its rotation has finished': 0,
  'another rotation has finished': 1,
  'two more rotations have finished': 2,
  // Without any help: others wait until the server ends the silent session, which takes half a minute.
  'its lease has run out': 'lease',
} as const;
export type Situation = keyof typeof SITUATIONS;

interface LateCase {
  cloud: FaultCloud;
  oracle: Oracle;
  world: World;
  point: CrashPoint & { victim: StepVictim };
  situation: Situation;
  handlers: typeof realHandlers;
  report: PointReport;
}

/** Lambda's word for an invocation that did not answer in time, though it may still be there. */
const TIMED_OUT = new FunctionError('Sandbox.Timedout', 'Task timed out');

async function requireSuccess(rotation: Promise<{ status: string; error?: string }>): Promise<void> {
  const { status, error } = await rotation;
  if (status !== 'SUCCEEDED') throw new Error(`a rotation ended ${status}: ${String(error)}`);
}

/** Rotates, holds one step at the point until the situation has come about, wakes it, and says what did not hold. */
export async function wakeLate({
  cloud,
  oracle,
  world,
  point,
  situation,
  handlers,
  report,
}: LateCase): Promise<void> {
  const { victim, index } = point;
  const kind = SITUATIONS[situation];
  const further = typeof kind === 'number' ? kind : 0;
  let held: Held | undefined;
  let isFirst = true;
  const wake = async (): Promise<void> => {
    requireNamed(await held?.wake(), report);
  };
  const deliver = async (event: unknown): Promise<unknown> => {
    if (!isFirst) return handlers[victim](event);
    isFirst = false;
    const outcome = await holdAt(cloud, index, () => handlers[victim](event));
    if ('answer' in outcome) return outcome.answer;
    held = outcome;
    if (kind !== 'twin') {
      // As the server does with a session that is silent for longer than its lease; nobody wants to wait for it.
      if (kind !== 'lease') cloud.databaseWire.hangUp();
      throw TIMED_OUT;
    }
    try {
      return await handlers[victim](event);
    } finally {
      await wake();
    }
  };
  try {
    await whileApplicationRuns(world, report, async () => {
      await requireSuccess(world.rotate({ handlers: { ...steps, ...handlers, [victim]: deliver } }));
      for (let rotation = 0; rotation < further; rotation += 1) {
        await requireSuccess(world.rotate({ handlers: { ...steps, ...handlers } }));
      }
      const before = JSON.stringify(await world.snapshot());
      await wake();
      if (JSON.stringify(await world.snapshot()) !== before) report.broken('the late step changed something');
    });
    for (const problem of await oracle.afterRecovery(world)) report.broken(problem);
  } finally {
    await held?.wake();
    cloud.reset();
  }
}
