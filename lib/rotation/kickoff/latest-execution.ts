import { ExecutionFailedError } from '../../errors';
import type { Execution, Executions } from '../../executions/executions';
import { executionNames } from './execution-names';
import type { RotationEvent } from './event';

/** DescribeExecution is eventually consistent: what it says first may be what was. */
const READS = 3;
const REREAD_MS = 1_000;

interface Ports {
  executions: Executions;
  pause: (milliseconds: number) => Promise<void>;
}

const hasFailed = (execution: Execution | undefined): execution is Execution =>
  execution !== undefined && ['FAILED', 'TIMED_OUT', 'ABORTED'].includes(execution.status);

/** The last of a rotation's executions that is visible. */
export async function latestExecution(
  event: RotationEvent,
  executions: Executions,
  operation: 'rotate' | 'preflight' = 'rotate',
): Promise<Execution | undefined> {
  let latest: Execution | undefined;
  for (const name of executionNames(event, operation)) {
    const found = await executions.find(name);
    if (found === undefined) break;
    latest = found;
  }
  return latest;
}

/**
 * The last execution, unless it has ended without success: that is told only after it was read three times,
 * because a re-driven execution, or one that succeeds a failed one, may not be visible as such at once.
 * @throws {ExecutionFailedError} with the execution's ARN, the state that failed and its error's name.
 */
export async function latestNotFailed(
  event: RotationEvent,
  { executions, pause }: Ports,
  operation: 'rotate' | 'preflight' = 'rotate',
): Promise<Execution | undefined> {
  let latest = await latestExecution(event, executions, operation);
  for (let read = 1; read < READS && hasFailed(latest); read += 1) {
    await pause(REREAD_MS);
    latest = await latestExecution(event, executions, operation);
  }
  if (!hasFailed(latest)) return latest;
  const state = (await executions.failedState(latest)) ?? 'an unknown state';
  throw new ExecutionFailedError(
    `the execution ${latest.arn} ended as ${latest.status} in ${state} with ${latest.error ?? latest.status}: look the error up in docs/errors.md, mend its cause and re-drive the execution`,
  );
}
