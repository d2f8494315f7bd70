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

/**
 * An answer of AWS that is not a success. Thrown by an operation, or by a test's `onCall` hook, it becomes
 * the HTTP answer. Its message travels to the caller and into logs, so it never quotes a secret value.
 */
export class AwsError extends Error {
  override readonly name: AwsErrorName;
  readonly status: number;

  constructor(name: AwsErrorName, message: string) {
    super(message);
    this.name = name;
    this.status = name === 'InternalServiceError' ? 500 : 400;
  }
}

/** The resource, or the value of a version, is not there. */
export const notFound = (message: string): AwsError => new AwsError('ResourceNotFoundException', message);

/** A parameter is wrong by itself or in combination with the others. */
export const invalidParameter = (message: string): AwsError =>
  new AwsError('InvalidParameterException', message);

/** The parameters are fine but the secret is in a state that does not allow the request. */
export const invalidRequest = (message: string): AwsError => new AwsError('InvalidRequestException', message);

/** Something else already bears the name or the version id. */
export const alreadyExists = (message: string): AwsError => new AwsError('ResourceExistsException', message);
