import type { SFNClient } from '@aws-sdk/client-sfn';
import { MACHINE_ARN } from '../../local/aws/cloud';
import { readConfig, readKickoffConfig } from '../../lib/config';
import { StepFunctionsExecutions } from '../../lib/executions/step-functions-executions';
import { kickoff } from '../../lib/rotation/kickoff/kickoff';
import { SecretsManagerStore } from '../../lib/secrets/secrets-manager-store';
import { ROTATION_TOKEN } from './cloud';
import type { World } from './world';

interface KickoffCall {
  token: string;
  step: 'createSecret' | 'setSecret' | 'testSecret' | 'finishSecret';
  /** How long Lambda lets the function run, in milliseconds. */
  limitMs: number;
  /** Runs in each pause, with the time since the call in milliseconds. */
  onPause?: (elapsedMs: number) => Promise<unknown>;
}

/**
 * Calls kickoff's rule with its real adapters and a clock that its own pauses alone move: what it waits for is the
 * same on a machine of any speed.
 * @returns what it threw, if it did, and how long it has waited, in milliseconds
 */
export async function kickoffOnClock(
  world: World,
  workflow: SFNClient,
  { token, step, limitMs, onPause }: KickoffCall,
): Promise<{ error: Error | undefined; elapsedMs: number }> {
  const startedAt = Date.now();
  let elapsedMs = 0;
  const event = {
    Step: step,
    SecretId: world.secretArn,
    ClientRequestToken: token,
    RotationToken: ROTATION_TOKEN,
  };
  const error = await kickoff(event, {
    secrets: new SecretsManagerStore(world.client),
    executions: new StepFunctionsExecutions(workflow, MACHINE_ARN),
    config: readConfig(),
    finishWaitMs: readKickoffConfig().finishWaitMs,
    now: () => new Date(startedAt + elapsedMs),
    pause: async (milliseconds) => {
      elapsedMs += milliseconds;
      await onPause?.(elapsedMs);
    },
    remaining: () => limitMs - elapsedMs,
  }).then(
    () => undefined,
    (thrown: unknown) => thrown as Error,
  );
  return { error, elapsedMs };
}
