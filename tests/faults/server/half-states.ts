import { exactRows, hashesOf, isLocked } from '../../shapes/compare';
import { logsIn, type Login } from '../../support/database';
import type { World } from '../../support/world';
import type { Oracle } from '../harness/oracle';

/** A pair before a fault. */
export interface Before {
  currentUser: string;
  standbyUser: string;
  currentVersion: string | undefined;
  /** Every row about the current user, hash and dates included. */
  currentRows: string;
  standbyHashes: string;
}

export async function look(world: World, { server }: Oracle): Promise<Before> {
  const { username: currentUser } = await world.secret();
  const standbyUser = world.users.find((user) => user !== currentUser) ?? '';
  const { AWSCURRENT: currentVersion } = await world.labels();
  return {
    currentUser,
    standbyUser,
    currentVersion,
    currentRows: await exactRows(server, currentUser),
    standbyHashes: await hashesOf(server, standbyUser),
  };
}

const secretIf = (world: World, stage: string): Promise<Login | undefined> =>
  world.secret(stage).catch(() => undefined);

/**
 * What is wrong after a rotation was broken off and nobody has taken it up yet. The current user must be as it was,
 * to the byte; the standby locked or absent, with the password that it had, or finished.
 */
export async function halfStates(world: World, oracle: Oracle, before: Before): Promise<string[]> {
  const { server } = oracle;
  const broken: string[] = [];
  const { AWSCURRENT } = await world.labels();
  if (AWSCURRENT !== before.currentVersion) broken.push('AWSCURRENT moved although the rotation failed');
  if ((await exactRows(server, before.currentUser)) !== before.currentRows) {
    broken.push('the current user was changed');
  }
  const isUsable = !(await isLocked(server, before.standbyUser));
  const isAsBefore = (await hashesOf(server, before.standbyUser)) === before.standbyHashes;
  if (isUsable && !isAsBefore) {
    const pending = await secretIf(world, 'AWSPENDING');
    if (pending === undefined || !(await logsIn(pending))) {
      broken.push('the standby can be used, and neither with its old password nor with the pending one');
    }
    const differences = await oracle.differences(world);
    broken.push(...differences.map((text) => `the standby can be used, and differs: ${text}`));
  }
  return broken;
}
