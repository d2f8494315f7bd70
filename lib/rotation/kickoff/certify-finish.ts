import { ExecutionMissingError, ExecutionStillRunningError } from '../../errors';
import { versionWith } from '../../secrets/version-stages';
import type { RotationEvent } from './event';
import type { KickoffPorts } from './kickoff';
import { latestExecution, requireNotFailed } from './latest-execution';

/** DescribeSecret may be asked 40,000 times a second and Region, DescribeExecution 10 to 15 times in all. */
const SECRET_EVERY_MS = 4_000;
const EXECUTION_EVERY_MS = 15_000;

/** Time for this function to say that it waits no longer, before Lambda ends it. */
const RESERVE_MS = 5_000;

/**
 * Step finishSecret: waits until the version is AWSCURRENT, which is the only success. Secrets Manager takes an
 * answer that came too early for a rotation that happened.
 * @throws {ExecutionFailedError} as soon as the execution has failed.
 * @throws {ExecutionMissingError}
 * @throws {ExecutionStillRunningError} when the wait is over first: Secrets Manager repeats the rotation.
 */
export async function certifyFinish(
  event: RotationEvent,
  { secrets, executions, finishWaitMs, now, pause, remaining }: KickoffPorts,
): Promise<void> {
  const startedAt = now().getTime();
  const deadline = startedAt + Math.min(finishWaitMs, remaining() - RESERVE_MS);
  let nextLook = startedAt;
  let arn: string | undefined;
  for (;;) {
    if (now().getTime() >= nextLook) {
      nextLook = now().getTime() + EXECUTION_EVERY_MS;
      const execution = await latestExecution(event, executions);
      // Promoted in the moment between two reads: the label has the last word.
      const secret = await secrets.describe(event.SecretId);
      if (versionWith('AWSCURRENT', secret) === event.ClientRequestToken) return;
      await requireNotFailed(execution, executions);
      arn = execution?.arn ?? arn;
    }
    if (now().getTime() + SECRET_EVERY_MS > deadline) break;
    await pause(SECRET_EVERY_MS);
    const secret = await secrets.describe(event.SecretId);
    if (versionWith('AWSCURRENT', secret) === event.ClientRequestToken) return;
  }
  if (arn === undefined) {
    throw new ExecutionMissingError(
      `version ${event.ClientRequestToken} of ${event.SecretId} has no execution: createSecret was not called, or did not come that far`,
    );
  }
  throw new ExecutionStillRunningError(
    `the execution ${arn} is still running after ${Math.round((now().getTime() - startedAt) / 1000)} s: nothing is wrong yet, Secrets Manager asks again`,
  );
}
