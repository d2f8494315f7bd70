import { ExecutionMissingError, ExecutionStillRunningError, RotationSupersededError } from '../../errors';
import type { SecretStore } from '../../secrets/secret-store';
import { pendingVersion, versionWith } from '../../secrets/version-stages';
import type { RotationEvent } from './event';
import type { KickoffPorts } from './kickoff';
import { latestNotFailed } from './latest-execution';

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
    if (await isFinished(event, secrets)) return;
    if (now().getTime() >= nextLook) {
      nextLook = now().getTime() + EXECUTION_EVERY_MS;
      try {
        arn = (await latestNotFailed(event, { executions, pause }))?.arn ?? arn;
      } catch (error) {
        // Promoted in the moment between two reads: the label has the last word.
        if (await isFinished(event, secrets)) return;
        throw error;
      }
    }
    if (now().getTime() + SECRET_EVERY_MS > deadline) break;
    await pause(SECRET_EVERY_MS);
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

/** @throws {RotationSupersededError} when nothing can make the version current any more. */
async function isFinished(
  { SecretId, ClientRequestToken: token }: RotationEvent,
  secrets: SecretStore,
): Promise<boolean> {
  const secret = await secrets.describe(SecretId);
  if (versionWith('AWSCURRENT', secret) === token) return true;
  if (secret.rotationEnabled && pendingVersion(secret) === token) return false;
  throw new RotationSupersededError(
    `version ${token} of ${SecretId} is not AWSPENDING any more, or the rotation was cancelled`,
  );
}
