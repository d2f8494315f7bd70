import { AwsError } from '../protocol/aws-error';

export { AwsError };

/** The error names that Secrets Manager, or the AWS JSON protocol in front of it, answers with. */
export type AwsErrorName =
  | 'InternalServiceError'
  | 'InvalidNextTokenException'
  | 'InvalidParameterException'
  | 'InvalidRequestException'
  | 'LimitExceededException'
  | 'MissingAuthenticationTokenException'
  | 'AccessDeniedException'
  | 'ResourceExistsException'
  | 'ResourceNotFoundException'
  | 'SerializationException'
  | 'ThrottlingException'
  | 'UnknownOperationException'
  | 'ValidationException';

/** An answer of Secrets Manager that is not a success. */
export function refusal(name: AwsErrorName, message: string): AwsError {
  return new AwsError(name, message);
}

/** The resource, or the value of a version, is not there. */
export const notFound = (message: string): AwsError => refusal('ResourceNotFoundException', message);

/** A parameter is wrong by itself or in combination with the others. */
export const invalidParameter = (message: string): AwsError => refusal('InvalidParameterException', message);

/** The parameters are fine but the secret is in a state that does not allow the request. */
export const invalidRequest = (message: string): AwsError => refusal('InvalidRequestException', message);

/** Something else already bears the name or the version id. */
export const alreadyExists = (message: string): AwsError => refusal('ResourceExistsException', message);
