import type { RotationEvent } from './event';
import type { KickoffPorts } from './kickoff';
import { latestExecution, requireNotFailed } from './latest-execution';

/**
 * Steps setSecret and testSecret: the execution does the work; success here certifies nothing, and only a
 * failure is told as soon as it is known.
 * @throws {ExecutionFailedError}
 */
export async function checkProgress(event: RotationEvent, { executions }: KickoffPorts): Promise<void> {
  await requireNotFailed(await latestExecution(event, executions), executions);
}
