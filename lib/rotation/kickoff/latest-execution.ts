import { ExecutionFailedError } from '../../errors';
import type { Execution, Executions } from '../../executions/executions';
import { executionNames } from './execution-names';
import type { RotationEvent } from './event';

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
 * Throws when an execution has ended without success, saying where and why.
 * @throws {ExecutionFailedError} with the execution's ARN, the state that failed and its error's name.
 */
export async function requireNotFailed(
  execution: Execution | undefined,
  executions: Executions,
): Promise<void> {
  if (execution === undefined || !['FAILED', 'TIMED_OUT', 'ABORTED'].includes(execution.status)) return;
  const state = (await executions.failedState(execution)) ?? 'an unknown state';
  const reason = execution.error ?? execution.status;
  throw new ExecutionFailedError(
    `the execution ${execution.arn} ended as ${execution.status} in ${state} with ${reason}: look the error up in docs/errors.md, mend its cause and re-drive the execution`,
  );
}
