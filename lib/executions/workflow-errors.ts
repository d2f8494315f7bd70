import { WorkflowUnavailableError } from '../errors';

/** @param name of the SDK's error: the service's or the network's code. Its message could quote a parameter. */
export function workflowUnavailable(operation: string, name: string): WorkflowUnavailableError {
  return new WorkflowUnavailableError(
    `${operation} had no answer (${name}): throttled, refused by the Lambda's role, or no route`,
  );
}
