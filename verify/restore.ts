import { RotateSecretCommand, UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import { cancelRotation } from './acts/cancel-rotation';
import { stopExecution } from './acts/executions';
import { notedCall } from './acts/noted-call';
import type { Bench } from './bench';
import { hasEnded, historyOf } from './looks/history';
import { SecretWatch, unfinishedVersion, type SecretFacts } from './looks/secret';
import { pollUntil } from './poll-until';

/** Nobody waits for these any more, but the secret is left as it was found. */
const PATIENCE_MS = 120_000;

/**
 * Undoes what an experiment changed, whatever became of it: no execution of its own goes on, AWSPENDING is on no
 * version of its own but AWSCURRENT's, and rotation is enabled or not, with the function and the rules, as before.
 * AWSCURRENT stays where a rotation has put it: that was asked for, and the former version's user is the standby now.
 * @param bench its signal is not aborted: restoring is never interrupted
 * @returns what is not as it was; nothing, when all is well
 */
export async function restore(bench: Bench, before: SecretFacts): Promise<string[]> {
  await stopExecutions(bench);
  const watch = new SecretWatch(bench);
  const now = await watch.look();
  const isRotating = unfinishedVersion(now) !== undefined;
  if (now.isRotationEnabled && (isRotating || !isSameRotation(now, before))) await cancelRotation(bench);
  await removePending(bench, await watch.look());
  if (before.isRotationEnabled && !isSameRotation(await watch.look(), before)) {
    await enableRotation(bench, before);
    await untilNothingPending(bench, watch);
  }
  const after = await watch.look();
  return [
    ...(isSameRotation(after, before) ? [] : ['the rotation configuration']),
    ...(unfinishedVersion(after) === undefined ? [] : ['AWSPENDING']),
  ];
}

async function stopExecutions(bench: Bench): Promise<void> {
  for (const executionArn of bench.executionArns) {
    const events = await historyOf(bench, executionArn);
    if (events !== undefined && !hasEnded(events)) await stopExecution(bench, executionArn);
  }
}

async function removePending(bench: Bench, facts: SecretFacts): Promise<void> {
  const versionId = unfinishedVersion(facts);
  if (versionId === undefined) return;
  const command = new UpdateSecretVersionStageCommand({
    SecretId: bench.target.secretArn,
    VersionStage: 'AWSPENDING',
    RemoveFromVersionId: versionId,
  });
  const what = `UpdateSecretVersionStage: AWSPENDING off ${versionId}`;
  await notedCall(bench, 'Secrets Manager', bench.clients.secrets.send(command), what);
}

/** Without a rotation; Secrets Manager has the function test the configuration, with a version that then goes. */
async function enableRotation(bench: Bench, before: SecretFacts): Promise<void> {
  const command = new RotateSecretCommand({
    SecretId: bench.target.secretArn,
    RotateImmediately: false,
    ...(before.rotationLambdaArn !== undefined && { RotationLambdaARN: before.rotationLambdaArn }),
    ...(before.rotationRules !== undefined && { RotationRules: before.rotationRules }),
  });
  const what = 'RotateSecret, not at once: the former configuration';
  await notedCall(bench, 'Secrets Manager', bench.clients.secrets.send(command), what);
}

async function untilNothingPending({ pace, signal }: Bench, watch: SecretWatch): Promise<void> {
  await pollUntil({ everyMs: pace.pollMs, limitMs: PATIENCE_MS, signal }, async () =>
    unfinishedVersion(await watch.look()) === undefined ? true : undefined,
  );
}

/** A function that was never configured cannot be taken away again; where rotation is off it does nothing. */
function isSameRotation(now: SecretFacts, before: SecretFacts): boolean {
  if (!before.isRotationEnabled) return !now.isRotationEnabled;
  return (
    now.isRotationEnabled &&
    now.rotationLambdaArn === before.rotationLambdaArn &&
    JSON.stringify(now.rotationRules) === JSON.stringify(before.rotationRules)
  );
}
