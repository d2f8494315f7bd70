import { AwsError } from '../protocol/aws-error';

/** The error names that Step Functions, or the AWS JSON protocol in front of it, answers with. */
type StepFunctionsErrorName =
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

/** An answer of Step Functions that is not a success. Its message never quotes an execution's input. */
export function refusal(name: StepFunctionsErrorName, message: string): AwsError {
  return new AwsError(name, message);
}
