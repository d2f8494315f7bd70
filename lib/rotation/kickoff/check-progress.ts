import type { RotationEvent } from './event';
import type { KickoffPorts } from './kickoff';
import { latestNotFailed } from './latest-execution';

/**
 * Steps setSecret and testSecret: the execution does the work; success here certifies nothing, and only a
 * failure is told as soon as it is known.
 * @throws {ExecutionFailedError}
 */
export async function checkProgress(event: RotationEvent, ports: KickoffPorts): Promise<void> {
  await latestNotFailed(event, ports);
}
