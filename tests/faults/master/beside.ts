import { steps } from '../../../local/steps';
import type { Invoke } from '../../../local/lambda/in-process';
import type { World } from '../../support/world';
import { realHandlers, STEP_VICTIMS, type StepVictim } from '../crash/crossings';
import { whileApplicationRuns } from '../harness/application';
import type { Oracle } from '../harness/oracle';
import type { PointReport } from '../kind';
import { MasterRotation } from './master-rotation';
import type { Order } from './orders';

interface BesideCase {
  oracle: Oracle;
  world: World;
  order: Order;
  /** How many attempts of SetSecret the server's master password comes later than it was asked for. */
  delay: number;
  report: PointReport;
}

/** Rotates both at once, in a given order of their steps. Ours must succeed, and so must the next one. */
export async function rotateBeside({ oracle, world, order, delay, report }: BesideCase): Promise<void> {
  const master = new MasterRotation(world);
  const waiting = [...order];
  let refusals = 0;
  const untilOurs = async (): Promise<void> => {
    for (let who = waiting.shift(); who === 'm'; who = waiting.shift()) {
      await master.next();
      if (delay === 0) await master.arrive();
    }
  };
  const beside =
    (step: StepVictim): Invoke =>
    async (event) => {
      if (refusals === 0) await untilOurs();
      try {
        return await realHandlers[step](event);
      } catch (error) {
        refusals += 1;
        if (refusals >= delay) await master.arrive();
        throw error;
      }
    };
  const handlers = Object.fromEntries(STEP_VICTIMS.map((step) => [step, beside(step)]));
  await whileApplicationRuns(world, report, async () => {
    const { status, error } = await world.rotate({ handlers: { ...steps, ...handlers } });
    if (status !== 'SUCCEEDED') report.broken(`the rotation ended ${status}: ${String(error)}`);
    await untilOurs();
    await master.arrive();
    const next = await world.rotate();
    if (next.status !== 'SUCCEEDED') report.broken(`the next rotation ended ${String(next.error)}`);
  });
  for (const problem of await oracle.afterRecovery(world)) report.broken(problem);
}
