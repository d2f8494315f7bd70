/** A name that the platform gives, not a step. What it says with it is not passed on, because it may quote anything. */
interface PlatformError {
  meaning: string;
  remedy: string;
}

const BUSY: PlatformError = {
  meaning: 'The Lambda service did not carry the call out, and repetitions did not help.',
  remedy: 'See whether the Region has an incident, then re-drive.',
};
const LOST: PlatformError = {
  meaning: 'The Lambda ended without an answer: killed, out of memory, or out of time.',
  remedy: "Read the Lambda's log of that minute; give it more memory if it had too little; then re-drive.",
};
const SLOW: PlatformError = {
  meaning: 'The Lambda took longer than it may.',
  remedy: 'Look for what hangs: the route to Secrets Manager, the database and its locks; then re-drive.',
};
const BROKEN: PlatformError = {
  meaning: "The Lambda's code could not be loaded or ended its process.",
  remedy: "Read the Lambda's log, deploy again, then re-drive.",
};

/** Step Functions developer guide, "Handling errors in Step Functions workflows"; Lambda's, "Invocation errors". */
const PLATFORM_ERRORS: Readonly<Record<string, PlatformError>> = {
  'Lambda.Unknown': LOST,
  'Lambda.ClientExecutionTimeoutException': BUSY,
  'Lambda.ServiceException': BUSY,
  'Lambda.AWSLambdaException': BUSY,
  'Lambda.SdkClientException': BUSY,
  'Lambda.TooManyRequestsException': {
    meaning: 'Lambda had no capacity left for the call.',
    remedy: "Raise the account's concurrency, or the function's reserved one; then re-drive.",
  },
  'Lambda.ResourceNotFoundException': {
    meaning: 'The Lambda that the state names does not exist.',
    remedy: 'Deploy again, then re-drive.',
  },
  'Sandbox.Timedout': SLOW,
  'States.Timeout': SLOW,
  'States.Permissions': {
    meaning: "The state machine's role may not call the Lambda.",
    remedy: 'Deploy again, so that role and definition agree; then re-drive.',
  },
  'States.Runtime': {
    meaning: 'A state could not read what the states before it left.',
    remedy: 'Start a new execution: a redrive would meet the same again.',
  },
  'States.DataLimitExceeded': {
    meaning: 'What a state left is larger than Step Functions keeps.',
    remedy: 'Report it: no state of this service should leave that much.',
  },
  'Runtime.ImportModuleError': BROKEN,
  'Runtime.UserCodeSyntaxError': BROKEN,
  'Runtime.HandlerNotFound': BROKEN,
  'Runtime.ExitError': LOST,
  'Runtime.OutOfMemory': LOST,
};

export const platformErrorNames: readonly string[] = Object.keys(PLATFORM_ERRORS);

export function platformError(name: string): PlatformError | undefined {
  return Object.hasOwn(PLATFORM_ERRORS, name) ? PLATFORM_ERRORS[name] : undefined;
}
