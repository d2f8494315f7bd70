import { setTimeout as delay } from 'node:timers/promises';
import type { World } from '../../support/world';
import type { PointReport } from '../kind';

/** Between two logins, in milliseconds: often enough to meet every state of a rotation, and leave it a processor. */
const PAUSE_MS = 40;

/** An application that keeps nothing logs in with the current secret again and again while `use` runs. */
export async function whileApplicationRuns<Result>(
  world: World,
  report: PointReport,
  use: () => Promise<Result>,
): Promise<Result> {
  const ending = { isNear: false };
  const work = async (): Promise<void> => {
    do {
      report.logins(1, (await world.currentSecretWorks()) ? 0 : 1);
      await delay(PAUSE_MS);
    } while (!ending.isNear);
  };
  const working = work();
  try {
    return await use();
  } finally {
    ending.isNear = true;
    await working;
  }
}
