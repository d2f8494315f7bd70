import type { Config } from '../../config';
import { RotationOwnershipError, RotationSupersededError } from '../../errors';
import type { Executions } from '../../executions/executions';
import type { SecretDescription, SecretStore } from '../../secrets/secret-store';
import { pendingVersion, versionWith } from '../../secrets/version-stages';
import { requireRotatable } from '../rotatable';
import { certifyFinish } from './certify-finish';
import { checkProgress } from './check-progress';
import { isConfigurationTest, runConfigurationTest } from './configuration-test';
import { requireOwnHome, type RotationEvent } from './event';
import { startRotation } from './start-rotation';

export interface KickoffPorts {
  secrets: SecretStore;
  executions: Executions;
  config: Config;
  /** How long finishSecret may wait for the execution, in milliseconds. */
  finishWaitMs: number;
  now: () => Date;
  pause: (milliseconds: number) => Promise<void>;
  /** How long the function may still take, in milliseconds. */
  remaining: () => number;
}

/**
 * Answers one call of Secrets Manager truthfully. Only createSecret starts, attaches to or re-drives an
 * execution; setSecret and testSecret certify nothing; finishSecret answers success only when the version is
 * AWSCURRENT. Safe to repeat, concurrently and out of order.
 */
export async function kickoff(event: RotationEvent, ports: KickoffPorts): Promise<void> {
  requireOwnHome(event, ports.executions.machineArn);
  const secret = await ports.secrets.describe(event.SecretId);
  if (versionWith('AWSCURRENT', secret) === event.ClientRequestToken) return;
  if (event.Step === 'testSecret' && (await isConfigurationTest(event, secret, ports))) {
    return runConfigurationTest(event, ports);
  }
  requirePending(event, secret);
  switch (event.Step) {
    case 'createSecret':
      return startRotation(event, secret, ports);
    case 'setSecret':
    case 'testSecret':
      return checkProgress(event, ports);
    case 'finishSecret':
      return certifyFinish(event, ports);
  }
}

function requirePending({ ClientRequestToken: token }: RotationEvent, secret: SecretDescription): void {
  if (!secret.rotationEnabled) {
    throw new RotationOwnershipError(`rotation of ${secret.arn} is not enabled in Secrets Manager`);
  }
  requireRotatable(secret, 'secrets-manager');
  if (pendingVersion(secret) !== token) {
    throw new RotationSupersededError(
      `version ${token} of ${secret.arn} is neither AWSPENDING nor AWSCURRENT: this rotation is over, was cancelled, or its version was withdrawn`,
    );
  }
}
