/** Names that Step Functions or the Lambda service gives, not the function; their cause is a plain sentence. */
const OF_A_SERVICE = /^(?:States|Lambda)\./;

export interface Failure {
  error: string;
  cause: string;
}

/**
 * A failed Task's error as history and DescribeExecution show it: when the function itself failed, the cause is
 * the JSON text that the function's runtime answered with. A trace is not known here.
 */
export function failureOfLambda({ error, cause }: Failure): Failure {
  if (OF_A_SERVICE.test(error)) return { error, cause };
  return { error, cause: JSON.stringify({ errorType: error, errorMessage: cause, trace: [] }) };
}
