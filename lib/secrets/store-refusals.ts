/**
 * What kind of answer an error of AWS's is, by its name and status. The names are those of each operation that is called
 * (Secrets Manager API reference: DescribeSecret, GetSecretValue, GetRandomPassword, PutSecretValue,
 * UpdateSecretVersionStage, ListSecretVersionIds) and of its "Common errors".
 */
export type Refusal = 'denied' | 'misused' | 'limit' | undefined;

const DENIED = new Set([
  'AccessDeniedException',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'ExpiredTokenException',
  'CredentialsProviderError',
  'DecryptionFailure',
  'EncryptionFailure',
  'KMSAccessDeniedException',
]);

const MISUSED = new Set([
  'InvalidParameterException',
  'InvalidRequestException',
  'ValidationException',
  'SerializationException',
]);

/** A quota that is used up, which waiting does not free; a rate that is exceeded is throttling. */
const LIMIT = /^(LimitExceeded|ServiceQuotaExceeded|RequestEntityTooLarge|RequestTooLarge)(Exception)?$/;

/** Errors with a client's status that another try may not meet (AWS SDK, "Retry behavior": throttling, clock, time). */
const WORTH_ANOTHER_TRY =
  /Throttl|TooManyRequests|RequestLimitExceeded|ThroughputExceeded|BandwidthLimit|SlowDown|PriorRequestNotComplete|TransactionInProgress|RequestTimeout|RequestExpired|RequestAborted|RequestTimeTooSkewed|RequestInTheFuture/;

/** @param name of the SDK's error @param error as the SDK threw it */
export function refusalOf(name: string, error: unknown): Refusal {
  if (DENIED.has(name)) return 'denied';
  if (MISUSED.has(name)) return 'misused';
  if (LIMIT.test(name)) return 'limit';
  const { $metadata } = (error ?? {}) as { $metadata?: { httpStatusCode?: unknown } };
  const status = typeof $metadata?.httpStatusCode === 'number' ? $metadata.httpStatusCode : 0;
  const isClients = status >= 400 && status < 500 && status !== 408 && status !== 429;
  return isClients && !WORTH_ANOTHER_TRY.test(name) ? 'denied' : undefined;
}
