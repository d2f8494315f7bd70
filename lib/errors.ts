/**
 * Every error a state machine may see. Nothing else is thrown by a step.
 *
 * A name is an interface: Retry blocks, alarms and docs/errors.md refer to it, so it is a literal here and
 * survives minification. Whether an error is retried is decided in this file and written into the state
 * machine; a test keeps the two, and docs/errors.md, equal. Messages name the field, what was expected and
 * what to do; they hold no secret value and no driver text, and there is never a `cause`.
 */
export abstract class RotationError extends Error {
  /** Whether the state machine tries the step again when it sees this error. */
  readonly retried: boolean;

  constructor(name: string, retried: boolean, message: string) {
    super(message);
    this.name = name;
    this.retried = retried;
  }
}

type ErrorClass = abstract new (message: string) => RotationError;

function named(name: string, isRetried: boolean): ErrorClass {
  abstract class Named extends RotationError {
    constructor(message: string) {
      super(name, isRetried, message);
    }
  }
  return Named;
}

const terminal = (name: string): ErrorClass => named(name, false);
const retried = (name: string): ErrorClass => named(name, true);
/** Not tried again, because that mends nothing, and not the end either: the state machine goes on elsewhere. */
const caught = (name: string): ErrorClass => named(name, false);

// Input and configuration

/** The execution's input, or a state handed to a step, is not of the expected shape. */
export class InvalidInputError extends terminal('InvalidInputError') {}
/** An environment variable is missing or malformed. */
export class ConfigurationError extends terminal('ConfigurationError') {}
/** A defect of this program: something threw that no step is allowed to throw. */
export class UnexpectedError extends terminal('UnexpectedError') {}

// The secret

/** The application's secret, or the stage that was asked for, does not exist. */
export class SecretNotFoundError extends terminal('SecretNotFoundError') {}
/** The secret is scheduled for deletion. */
export class SecretMarkedForDeletionError extends terminal('SecretMarkedForDeletionError') {}
/** The secret is a replica; only its primary can be written. */
export class ReplicaSecretError extends terminal('ReplicaSecretError') {}
/** The secret is managed by another AWS service, which rotates it itself. */
export class ServiceOwnedSecretError extends terminal('ServiceOwnedSecretError') {}
/** The secret's text is not JSON, or a field is missing or malformed. */
export class SecretFormatError extends terminal('SecretFormatError') {}
/** The secret's `engine` is not one that this service rotates. */
export class UnsupportedEngineError extends terminal('UnsupportedEngineError') {}
/** Secrets Manager refused the call: permissions, or the KMS key. */
export class SecretAccessDeniedError extends terminal('SecretAccessDeniedError') {}
/** A quota of Secrets Manager is used up: versions, labels, or the size of a value. */
export class SecretStoreLimitError extends terminal('SecretStoreLimitError') {}
/** Secrets Manager did not answer, throttled, or does not show a fresh write yet. */
export class SecretStoreUnavailableError extends retried('SecretStoreUnavailableError') {}

// Versions and ownership

/** AWSPENDING is on a version whose value does not fit the current one. */
export class PendingVersionMismatchError extends terminal('PendingVersionMismatchError') {}
/** AWSPENDING is on a version without a value. */
export class PendingVersionEmptyError extends terminal('PendingVersionEmptyError') {}
/** Another rotation has moved on; this one must change nothing any more. */
export class RotationSupersededError extends terminal('RotationSupersededError') {}
/** The secret is rotated by Secrets Manager, so a schedule must not write its pending version (or vice versa). */
export class RotationOwnershipError extends terminal('RotationOwnershipError') {}

// Who may decide what

/** The current user is outside the pair that the deployer named, or its standby cannot be derived. */
export class UserMismatchError extends terminal('UserMismatchError') {}
/** A user name is longer than the server allows. */
export class UserNameTooLongError extends terminal('UserNameTooLongError') {}
/** The current or the standby user is the master itself. */
export class MasterUserConflictError extends terminal('MasterUserConflictError') {}
/** The secret names a master that the deployer did not list. */
export class MasterMismatchError extends terminal('MasterMismatchError') {}
/** A master secret that the deployer listed does not exist. */
export class MasterSecretNotFoundError extends terminal('MasterSecretNotFoundError') {}
/** The secret's host and port are neither the master's nor listed by the deployer. */
export class EndpointMismatchError extends terminal('EndpointMismatchError') {}
/** The standby user exists and is not this secret's: marked for another one, or of another application. */
export class StandbyOwnedElsewhereError extends terminal('StandbyOwnedElsewhereError') {}
/** Two secrets have a user in common. */
export class SharedUserError extends terminal('SharedUserError') {}
/** The current user holds rights that would make its standby an administrator. */
export class PrivilegedUserError extends terminal('PrivilegedUserError') {}
/** The password of the AWSCURRENT version is not the current user's. */
export class CurrentCredentialRejectedError extends terminal('CurrentCredentialRejectedError') {}
/** The current user does not exist, but its standby does. */
export class CurrentUserMissingError extends terminal('CurrentUserMissingError') {}
/** Neither user exists and the deployer did not allow an initial setup. */
export class InitialSetupNotAllowedError extends terminal('InitialSetupNotAllowedError') {}

// The database

/** No master credential in any stage is accepted; most likely the master is rotating too. */
export class MasterCredentialRejectedError extends retried('MasterCredentialRejectedError') {}
/** The master's account is locked. */
export class MasterAccountLockedError extends terminal('MasterAccountLockedError') {}
/** The master lacks a right that the rotation needs. */
export class MasterPrivilegeError extends terminal('MasterPrivilegeError') {}
/** The pending credential does not log in (yet). */
export class PendingCredentialRejectedError extends retried('PendingCredentialRejectedError') {}
/** The login or the rights that SetSecret left do not hold any more: the state machine goes back to SetSecret, once. */
export class SetAgainRequiredError extends retried('SetAgainRequiredError') {}
/** What another run proved does not count in this redrive: the state machine goes back to SetSecret, at once. */
export class ProofOutdatedError extends caught('ProofOutdatedError') {}
/** The network, DNS or the server did not answer. */
export class DatabaseUnavailableError extends retried('DatabaseUnavailableError') {}
/** The server answered that it cannot now: connections, locks, shutdown, read only, or the pair is locked. */
export class DatabaseBusyError extends retried('DatabaseBusyError') {}
/** The server does not offer TLS. */
export class TlsNotSupportedError extends terminal('TlsNotSupportedError') {}
/** The server's certificate or host name cannot be verified, or TLS is required and the login has none. */
export class TlsVerificationError extends terminal('TlsVerificationError') {}
/** The server refuses connections from this address, or would refuse the pending user's. */
export class ClientHostRefusedError extends terminal('ClientHostRefusedError') {}
/** The server's product, version or protocol is not one that this service can rotate. */
export class UnsupportedServerError extends terminal('UnsupportedServerError') {}
/** A session variable of the server keeps a value that changes what statements mean. */
export class SessionNotPinnedError extends terminal('SessionNotPinnedError') {}
/**
 * An account has something that this release does not know, logs in with something other than a password, or
 * would not let TestSecret in once it is copied.
 */
export class UnsupportedAccountError extends terminal('UnsupportedAccountError') {}
/** The master may not give a right that the standby needs, or take one away that it must not have. */
export class GrantNotPossibleError extends terminal('GrantNotPossibleError') {}
/** The pending password breaks a rule of the server's password policy. */
export class PasswordPolicyError extends terminal('PasswordPolicyError') {}
/** After reconciliation the standby's rights still differ from the current user's. */
export class PrivilegeParityError extends terminal('PrivilegeParityError') {}
/** The server refused a statement for a reason that a repetition does not mend. */
export class DatabaseStatementError extends terminal('DatabaseStatementError') {}

// Kickoff: what Secrets Manager is told about an execution

/** The rotation's execution failed, timed out or was stopped. */
export class ExecutionFailedError extends terminal('ExecutionFailedError') {}
/** A person stopped the rotation's execution; it is not started again behind their back. */
export class ExecutionAbortedError extends terminal('ExecutionAbortedError') {}
/** No execution can be re-driven, and there have been enough of them. */
export class ExecutionsUsedUpError extends terminal('ExecutionsUsedUpError') {}
/** There is no execution for the version that Secrets Manager asks about. */
export class ExecutionMissingError extends terminal('ExecutionMissingError') {}
/** The execution has not ended while kickoff could wait. */
export class ExecutionStillRunningError extends terminal('ExecutionStillRunningError') {}
/** Step Functions did not answer kickoff, whose rotation Secrets Manager repeats, or a report, which Lambda repeats. */
export class WorkflowUnavailableError extends terminal('WorkflowUnavailableError') {}

// Reporting

/** SNS did not take a notice; Lambda repeats the report. */
export class NoticeNotSentError extends terminal('NoticeNotSentError') {}
/** How old a secret's current version is could not be read; the other secrets were reported. */
export class SecretAgeUnknownError extends terminal('SecretAgeUnknownError') {}
