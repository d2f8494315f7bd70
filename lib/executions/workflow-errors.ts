import { ConfigurationError, WorkflowUnavailableError, type RotationError } from '../errors';
import { refusalOf } from '../secrets/store-refusals';

/** Step Functions' answers about what it was asked for (API reference, each operation's errors). */
const ABOUT_THE_MACHINE = ['StateMachineDoesNotExist', 'StateMachineDeleting', 'InvalidArn'];

/**
 * What an SDK error means to kickoff and to reports. Its message could quote a parameter, so only its name is used: the
 * service's or the network's code.
 */
export function translateWorkflowError(operation: string, name: string, error: unknown): RotationError {
  if (ABOUT_THE_MACHINE.includes(name)) {
    return new ConfigurationError(
      `STATE_MACHINE_ARN names no state machine (${operation} answered ${name}): expected the ARN of the rotation's`,
    );
  }
  // A read may be late: an execution that is not there yet appears a moment later.
  if (name !== 'ExecutionDoesNotExist' && refusalOf(name, error) !== undefined) {
    return new WorkflowUnavailableError(
      `${operation} was refused (${name}), which repeating does not change: check the Lambda's role, the policy of the key, and Step Functions' quotas`,
    );
  }
  return new WorkflowUnavailableError(`${operation} had no answer (${name}): throttled, or no route`);
}
