/**
 * The events that Secrets Manager itself writes to CloudTrail about rotations. AWS, "Log AWS Secrets Manager events
 * with AWS CloudTrail", lists them with their meaning; `RotationAbandoned` says that somebody wrote a new current
 * version while a rotation was under way.
 */
export type ServiceEventName =
  | 'RotationStarted'
  | 'RotationSucceeded'
  | 'RotationFailed'
  | 'RotationAbandoned'
  | 'TestRotationStarted'
  | 'TestRotationSucceeded'
  | 'TestRotationFailed';

export interface ServiceEvent {
  readonly name: ServiceEventName;
  readonly secretArn: string;
  readonly versionId: string;
  /** Why it failed. Never what the function said, which might quote a value. */
  readonly error?: string;
}
