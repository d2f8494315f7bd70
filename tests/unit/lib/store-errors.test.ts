import { translateStoreError } from '../../../lib/secrets/store-errors';
import { translateWorkflowError } from '../../../lib/executions/workflow-errors';

const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:app-AbCdEf';
const answered = (name: string, httpStatusCode: number) => ({ name, $metadata: { httpStatusCode } });

test.each([
  ['LimitExceededException', 400, 'SecretStoreLimitError'],
  ['ServiceQuotaExceededException', 400, 'SecretStoreLimitError'],
  ['RequestEntityTooLarge', 413, 'SecretStoreLimitError'],
  ['PreconditionNotMetException', 400, 'SecretAccessDeniedError'],
  ['PublicPolicyException', 400, 'SecretAccessDeniedError'],
  ['MalformedPolicyDocumentException', 400, 'SecretAccessDeniedError'],
  ['ResourceExistsException', 400, 'SecretAccessDeniedError'],
  ['InvalidNextTokenException', 400, 'SecretAccessDeniedError'],
  ['IncompleteSignature', 403, 'SecretAccessDeniedError'],
  ['InvalidClientTokenId', 403, 'SecretAccessDeniedError'],
  ['OptInRequired', 403, 'SecretAccessDeniedError'],
  ['ANameOfNextYearException', 400, 'SecretAccessDeniedError'],
  ['DecryptionFailure', 400, 'SecretAccessDeniedError'],
  ['InvalidParameterException', 400, 'ConfigurationError'],
  ['SerializationException', 400, 'ConfigurationError'],
  ['ResourceNotFoundException', 400, 'SecretNotFoundError'],
])('the answer %s (%d) of Secrets Manager is %s, and not repeated', (name, status, error) => {
  const translated = translateStoreError('PutSecretValue', ARN, answered(name, status));
  expect(translated).toMatchObject({ name: error, retried: false });
  expect(translated.message).not.toContain('no route');
});

test.each([
  ['ThrottlingException', 400],
  ['Throttling', 400],
  ['RequestLimitExceeded', 503],
  ['TooManyRequestsException', 429],
  ['RequestTimeoutException', 408],
  ['RequestExpired', 400],
  ['InternalServiceError', 500],
  ['ServiceUnavailable', 503],
  ['AnyName', 429],
])('the answer %s (%d) of Secrets Manager is repeated', (name, status) => {
  const translated = translateStoreError('PutSecretValue', ARN, answered(name, status));
  expect(translated).toMatchObject({ name: 'SecretStoreUnavailableError', retried: true });
});

test.each(['ECONNREFUSED', 'TimeoutError', 'ENOTFOUND'])('no answer at all (%s) is repeated', (name) => {
  expect(translateStoreError('DescribeSecret', ARN, { name })).toMatchObject({
    name: 'SecretStoreUnavailableError',
  });
});

test.each([
  ['AccessDeniedException', 400, 'was refused (AccessDeniedException)'],
  ['KmsAccessDeniedException', 400, 'was refused (KmsAccessDeniedException)'],
  ['ExecutionLimitExceeded', 400, 'was refused (ExecutionLimitExceeded)'],
  ['ThrottlingException', 400, 'had no answer (ThrottlingException)'],
  ['KmsThrottlingException', 400, 'had no answer (KmsThrottlingException)'],
  ['ExecutionDoesNotExist', 400, 'had no answer (ExecutionDoesNotExist)'],
  ['ECONNREFUSED', 0, 'had no answer (ECONNREFUSED)'],
])('the answer %s (%d) of Step Functions is told as: %s', (name, status, saying) => {
  const translated = translateWorkflowError('DescribeExecution', name, answered(name, status));
  expect(translated).toMatchObject({ name: 'WorkflowUnavailableError' });
  expect(translated.message).toContain(saying);
});

test('a state machine that is being deleted is a setting that names none', () => {
  expect(translateWorkflowError('StartExecution', 'StateMachineDeleting', {})).toMatchObject({
    name: 'ConfigurationError',
  });
});
