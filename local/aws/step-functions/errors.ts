import { AwsError, type AwsErrorName } from '../secrets-manager/errors';

/** The error names that Step Functions, or the AWS JSON protocol in front of it, answers with. */
export type StepFunctionsErrorName =
  | 'ExecutionAlreadyExists'
  | 'ExecutionDoesNotExist'
  | 'ExecutionNotRedrivable'
  | 'InvalidArn'
  | 'InvalidDefinition'
  | 'InvalidExecutionInput'
  | 'InvalidName'
  | 'InvalidToken'
  | 'StateMachineAlreadyExists'
  | 'StateMachineDoesNotExist'
  | 'StateMachineTypeNotSupported'
  | 'UnknownOperationException'
  | 'ValidationException';

/**
 * An answer of Step Functions that is not a success. Its message never quotes an execution's input.
 * The listener takes every name alike; only its type lists those of one service.
 */
export function refusal(name: StepFunctionsErrorName, message: string): AwsError {
  return new AwsError(name as AwsErrorName, message);
}
