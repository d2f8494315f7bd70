import type * as errors from '../errors';

/** A name that a step of this service may throw. */
type ErrorName = Exclude<keyof typeof errors, 'RotationError'>;

/** What a person does about each error: the last column of docs/errors.md, which a test keeps equal. */
const REMEDIES: Record<ErrorName, string> = {
  InvalidInputError:
    'Start with {"secretId": "…", "owner": "schedule"}; see docs/architecture.md#the-executions-input.',
  ConfigurationError: 'Correct the variable that the message names and deploy.',
  UnexpectedError: 'Report the place that the message names.',
  SecretNotFoundError: 'Check ARN, account and Region.',
  SecretMarkedForDeletionError: 'aws secretsmanager restore-secret, or stop its schedule.',
  ReplicaSecretError: 'Rotate the primary in the Region that the message names.',
  ServiceOwnedSecretError: 'Rotate it with that service.',
  SecretFormatError: 'Correct the field that the message names.',
  UnsupportedEngineError: 'Use one of those that the message lists.',
  SecretAccessDeniedError: "Check the Lambda's role, the secret's policy, the key's policy.",
  SecretStoreLimitError: 'Wait until old versions are gone, or make the secret smaller; then re-drive.',
  SecretStoreUnavailableError: 'If it stays: the interface endpoint or NAT of the VPC.',
  PendingVersionMismatchError: 'Take its label away, if nobody needs it; the message has the command.',
  PendingVersionEmptyError: 'Repeat rotate-secret, or take the label away.',
  RotationSupersededError: 'Nothing: the newer rotation counts.',
  RotationOwnershipError: 'Choose one; the message says how.',
  UserMismatchError: 'Correct username, APP_USER_1 and APP_USER_2, or USERNAME_SUFFIX.',
  UserNameTooLongError: 'Name the pair with APP_USER_1/2, or a shorter USERNAME_SUFFIX.',
  MasterUserConflictError: 'Give the application a user of its own.',
  MasterMismatchError: 'Correct masterarn, or list it in MASTER_SECRET_ARN.',
  MasterSecretNotFoundError: 'Check MASTER_SECRET_ARN.',
  EndpointMismatchError: 'Correct the secret, or list host:port in DB_ENDPOINTS.',
  StandbyOwnedElsewhereError: 'Give the secret another user, or name the account in ALLOW_TAKEOVER.',
  SharedUserError: 'Give each secret a user of its own.',
  PrivilegedUserError: "Use a user with an application's rights, or ALLOW_PRIVILEGED_USERS.",
  CurrentCredentialRejectedError: 'Put the right password into the secret, or give it to the account.',
  CurrentUserMissingError: 'Point the secret at a user that exists.',
  InitialSetupNotAllowedError: 'Create the user, or set APP_USER_1/2 or ALLOW_INITIAL_SETUP.',
  MasterCredentialRejectedError: "If it stays: put the master's real password into its secret.",
  MasterAccountLockedError: 'Unlock it, then re-drive.',
  MasterPrivilegeError: 'Give it the rights of docs/security.md#the-masters-rights.',
  PendingCredentialRejectedError:
    'If it stays: a reader or proxy that lags, or a subnet without an account; the runbook has the list.',
  SetAgainRequiredError: 'Nothing: the machine goes back to SetSecret, once per run or redrive.',
  ProofOutdatedError: 'Nothing: the machine goes back to SetSecret. If it ended an execution, start anew.',
  DatabaseUnavailableError: 'If it stays: host, security groups, routes.',
  DatabaseBusyError: 'If it stays: look at the server; is the host a reader?',
  TlsNotSupportedError: 'Turn TLS on; ssl: false in the secret asks for plaintext.',
  TlsVerificationError:
    'As the message says: ssl: true, DB_CA_BUNDLE_PATH, or a host name that the certificate holds.',
  ClientHostRefusedError:
    "Allow the Lambda's subnet; TRUNCATE TABLE performance_schema.host_cache if it is blocked.",
  UnsupportedServerError: 'See the list in the README.',
  SessionNotPinnedError: 'Change init_connect, or the proxy, so that sessions can set these variables.',
  UnsupportedAccountError: 'The message names it; change the account.',
  GrantNotPossibleError: 'Run the remedy in the message, or name the right in ALLOW_MISSING_RIGHTS.',
  PasswordPolicyError: 'Set PASSWORD_LENGTH or EXCLUDE_CHARACTERS, take AWSPENDING away, rotate again.',
  PrivilegeParityError: 'Read the differences in the message; start a new rotation.',
  DatabaseStatementError: "As the message says, or look the error number up in the server's manual.",
  ExecutionFailedError: 'Look up the error that the message names, mend its cause, re-drive the execution.',
  ExecutionAbortedError: 'Re-drive it, or cancel-rotate-secret.',
  ExecutionsUsedUpError: 'cancel-rotate-secret, mend the cause, take AWSPENDING away, rotate-secret.',
  ExecutionMissingError: 'Nothing: Secrets Manager repeats the rotation from createSecret.',
  ExecutionStillRunningError: 'Nothing: Secrets Manager asks again.',
  WorkflowUnavailableError: "If it stays: the Lambda's role, and its route to Step Functions.",
  NoticeNotSentError: "The topic, the Lambda's role, and the policies of the topic and its KMS key.",
  SecretAgeUnknownError: 'Look the error up that the message gives for each secret.',
};

/** Whether the name is one of this service's own. */
export function hasRemedy(name: string): name is ErrorName {
  return Object.hasOwn(REMEDIES, name);
}

export function remedyFor(name: ErrorName): string {
  return REMEDIES[name];
}
