import {
  ReplicaSecretError,
  RotationOwnershipError,
  SecretMarkedForDeletionError,
  ServiceOwnedSecretError,
} from '../errors';
import type { SecretDescription } from '../secrets/secret-store';
import type { ExecutionInput } from './state';

/** Field 4 of arn:partition:service:region:account:… */
const regionOf = (arn: string): string | undefined => arn.split(':')[3];

/**
 * Refuses a secret that this rotation must not write.
 * @throws {SecretMarkedForDeletionError}
 * @throws {ServiceOwnedSecretError}
 * @throws {ReplicaSecretError}
 * @throws {RotationOwnershipError} when secret and execution disagree on who rotates it.
 */
export function requireRotatable(secret: SecretDescription, owner: ExecutionInput['owner']): void {
  const { arn } = secret;
  if (secret.deletedAt !== undefined) {
    throw new SecretMarkedForDeletionError(`${arn} is scheduled for deletion; restore-secret brings it back`);
  }
  if (secret.owningService !== undefined) {
    throw new ServiceOwnedSecretError(
      `${arn} is managed by ${secret.owningService}, which rotates it itself; rotate it there`,
    );
  }
  if (secret.primaryRegion !== undefined && secret.primaryRegion !== regionOf(arn)) {
    throw new ReplicaSecretError(
      `${arn} is a replica and cannot be written; rotate its primary in ${secret.primaryRegion}`,
    );
  }
  if (owner === 'schedule' && secret.rotationEnabled) {
    throw new RotationOwnershipError(
      `${arn} has rotation enabled in Secrets Manager, so a schedule must not write its pending version; start it with rotate-secret, or hand it over with cancel-rotate-secret`,
    );
  }
  if (owner === 'secrets-manager' && !secret.rotationEnabled) {
    throw new RotationOwnershipError(
      `${arn} has no rotation enabled in Secrets Manager; enable it with rotate-secret, or start with owner "schedule"`,
    );
  }
}
