import type { FaultRun } from '../kind';
import { tryCaches } from './caches';
import { rotateWhileApplicationsRun } from './rotations';
import { isOwner } from './owners';

/** The parts: both ways in which a rotation begins, and what a cache may do. */
export async function run(run: FaultRun): Promise<void> {
  if (isOwner(run.part)) await rotateWhileApplicationsRun(run, run.part);
  else await tryCaches(run);
}
