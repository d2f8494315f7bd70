import { setImmediate as nextTurn } from 'node:timers/promises';
import { steps } from '../../../local/steps';
import type { World } from '../../support/world';
import { realHandlers, type StepVictim } from '../crash/crossings';
import { whileApplicationRuns } from '../harness/application';
import type { FaultCloud } from '../harness/fault-cloud';
import type { Oracle } from '../harness/oracle';
import type { PointReport } from '../kind';
import type { Randomness } from '../randomness';

interface InterleavedCase {
  cloud: FaultCloud;
  oracle: Oracle;
  world: World;
  step: StepVictim;
  random: Randomness;
  report: PointReport;
}

/** Turns of the event loop in which the other copy may come to its next crossing too. */
const TURNS = 20;

/** Lets one of those that wait go on at a time, whichever chance chooses, until both copies have ended. */
async function conduct(waiting: (() => void)[], isOver: () => boolean, random: Randomness): Promise<void> {
  while (!isOver()) {
    for (let turn = 0; turn < TURNS; turn += 1) await nextTurn();
    if (waiting.length > 0) waiting.splice(random.below(waiting.length), 1)[0]?.();
  }
}

/** Delivers one step twice at once, with the calls of both in an order that chance chooses. */
export async function interleave(interleaved: InterleavedCase): Promise<void> {
  const { cloud, oracle, world, step, random, report } = interleaved;
  let isFirst = true;
  const deliver = async (event: unknown): Promise<unknown> => {
    if (!isFirst) return realHandlers[step](event);
    isFirst = false;
    const waiting: (() => void)[] = [];
    cloud.interference.watch = () => new Promise((resolve) => waiting.push(resolve));
    const copies = Promise.allSettled([realHandlers[step](event), realHandlers[step](event)]);
    const ending = { isOver: false };
    void copies.then(() => (ending.isOver = true));
    await conduct(waiting, () => ending.isOver, random);
    cloud.interference.watch = undefined;
    const [first, second] = await copies;
    if (first.status === 'fulfilled') return first.value;
    if (second.status === 'fulfilled') return second.value;
    throw first.reason;
  };
  try {
    await whileApplicationRuns(world, report, async () => {
      const { status, error } = await world.rotate({ handlers: { ...steps, [step]: deliver } });
      if (status !== 'SUCCEEDED') report.broken(`the rotation ended ${status}: ${String(error)}`);
    });
    for (const problem of await oracle.afterRecovery(world)) report.broken(problem);
  } finally {
    cloud.reset();
  }
}
