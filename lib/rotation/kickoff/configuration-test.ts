import { ExecutionStillRunningError } from '../../errors';
import { parseCredential } from '../../secrets/credential';
import type { SecretDescription } from '../../secrets/secret-store';
import { pendingVersion } from '../../secrets/version-stages';
import { executionInputFor, executionNames } from './execution-names';
import type { RotationEvent } from './event';
import type { KickoffPorts } from './kickoff';
import { latestExecution, latestNotFailed } from './latest-execution';

/** DescribeExecution is eventually consistent: a rotation's execution may not be visible at first. */
const REREADS = 3;
const REREAD_MS = 1_000;

const LONGEST_MS = 60_000;
const LOOK_EVERY_MS = 3_000;
const RESERVE_MS = 5_000;

/**
 * Rotation was configured with RotateImmediately=false: Secrets Manager calls testSecret alone, with a pending
 * version that is a copy of the current one. No execution belongs to the token, and the pending user is the
 * current one, which in a rotation it never is.
 */
export async function isConfigurationTest(
  event: RotationEvent,
  secret: SecretDescription,
  { secrets, executions, pause }: KickoffPorts,
): Promise<boolean> {
  if (pendingVersion(secret) !== event.ClientRequestToken) return false;
  const [current, pending] = await Promise.all([
    secrets.read(secret.arn, { stage: 'AWSCURRENT' }),
    secrets.read(secret.arn, { stage: 'AWSPENDING', versionId: event.ClientRequestToken }),
  ]);
  if (current === undefined || pending === undefined) return false;
  const usernames = [current, pending].map(
    ({ text }, index) =>
      parseCredential(text, `${index === 0 ? 'AWSCURRENT' : 'AWSPENDING'} of ${secret.arn}`).username,
  );
  if (usernames[0] !== usernames[1]) return false;
  for (let read = 0; read < REREADS; read += 1) {
    if (read > 0) await pause(REREAD_MS);
    if ((await latestExecution(event, executions)) !== undefined) return false;
  }
  return true;
}

/**
 * Lets the state machine probe every layer, and waits for its verdict; nothing is written.
 * @throws {ExecutionFailedError} with the error's name; the execution's cause names the layer.
 * @throws {ExecutionStillRunningError}
 */
export async function runConfigurationTest(
  event: RotationEvent,
  { executions, now, pause, remaining }: KickoffPorts,
): Promise<void> {
  const deadline = now().getTime() + Math.min(LONGEST_MS, remaining() - RESERVE_MS);
  const input = executionInputFor(event, 'preflight');
  for (const name of executionNames(event, 'preflight')) {
    const found = await executions.find(name);
    if (found?.status === 'RUNNING') break;
    if (found === undefined && (await executions.start(name, input))) break;
  }
  for (;;) {
    const execution = await latestNotFailed(event, { executions, pause }, 'preflight');
    if (execution?.status === 'SUCCEEDED') return;
    if (now().getTime() + LOOK_EVERY_MS > deadline) {
      throw new ExecutionStillRunningError(
        `the preflight ${execution?.arn ?? '(not visible yet)'} is still running: ask again, or look at its history`,
      );
    }
    await pause(LOOK_EVERY_MS);
  }
}
