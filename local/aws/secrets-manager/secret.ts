import { invalidParameter, invalidRequest } from './errors';
import type { RotationRules } from './rotation/rotation-rules';
import type { Versions } from './versions';

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** What RotateSecret configures; its presence with `enabled: false` means rotation was switched off. */
interface Rotation {
  readonly enabled: boolean;
  readonly lambdaArn?: string | undefined;
  readonly rules?: RotationRules | undefined;
  readonly lastRotatedDate?: Date | undefined;
  readonly nextRotationDate?: Date | undefined;
}

/** What can be true of a secret besides its versions; the part that tests may seed. */
export interface SecretFacts {
  readonly description?: string | undefined;
  readonly kmsKeyId?: string | undefined;
  readonly tags?: readonly Tag[] | undefined;
  /** Present while the secret is scheduled for deletion: when that was asked for. */
  readonly deletedDate?: Date | undefined;
  /** Where the original is kept; another Region than the endpoint's makes this secret a replica. */
  readonly primaryRegion?: string | undefined;
  /** The AWS service that made the secret, `rds` for a master password that RDS manages. */
  readonly owningService?: string | undefined;
  readonly rotation?: Rotation | undefined;
}

/** One secret. A value, never changed in place: an operation saves the whole next state or nothing. */
export interface Secret extends SecretFacts {
  readonly arn: string;
  readonly name: string;
  readonly createdDate: Date;
  readonly lastChangedDate: Date;
  readonly lastAccessedDate?: Date | undefined;
  readonly versions: Versions;
  /** The version that RotateSecret announced, until its rotation succeeds or is given up; failing is not an end. */
  readonly rotating?: string | undefined;
}

/** Refuses what AWS refuses on a secret that is scheduled for deletion. */
export function requireNotDeleted(secret: Secret): void {
  if (secret.deletedDate === undefined) return;
  throw invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
}

/**
 * Refuses writes to a deleted secret and to a replica, whose writes belong in the primary Region. The answer for a
 * replica is one that people got from AWS: github.com/lgallard/terraform-aws-secrets-manager/issues/188 and
 * github.com/gruntwork-io/cloud-nuke/issues/435.
 */
export function requireWritable(secret: Secret, region: string): void {
  requireNotDeleted(secret);
  if (secret.primaryRegion === undefined || secret.primaryRegion === region) return;
  throw invalidParameter(
    "Operation not permitted on a replica secret. Call must be made in primary secret's region.",
  );
}

const NAME_CHARACTERS = /^[\w/+=.@!-]+$/;

/** Refuses a name that AWS would not accept: its characters are those an ARN can carry. */
export function requireName(name: string): void {
  if (NAME_CHARACTERS.test(name)) return;
  throw invalidParameter(
    'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
  );
}
