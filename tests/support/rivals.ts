import { UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import type { RotationState } from '../../lib/rotation/state';
import { createSecret, setSecret } from './single-steps';
import type { World } from './world';

/** Moves a label as a request that arrives late does, or a person. */
export async function move(
  { client, secretArn }: World,
  stage: 'AWSCURRENT' | 'AWSPENDING',
  [from, to]: [string, string],
): Promise<void> {
  await client.send(
    new UpdateSecretVersionStageCommand({
      SecretId: secretArn,
      VersionStage: stage,
      RemoveFromVersionId: from,
      MoveToVersionId: to,
    }),
  );
}

/** The current secret logs in, and so it does after one more schedule, which succeeds. */
export async function expectHealthy(world: World): Promise<void> {
  expect(await world.currentSecretWorks()).toBe(true);
  expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  expect(await world.currentSecretWorks()).toBe(true);
}

/** Two rotations, of which the second one has set the standby last. */
export async function twoRivals(world: World): Promise<{ first: RotationState; second: RotationState }> {
  const time = { scheduledTime: '2026-03-01T02:00:00Z' } as const;
  const held = Promise.withResolvers<undefined>();
  const reached = Promise.withResolvers<undefined>();
  world.intercept((call) => {
    if (call.operation !== 'PutSecretValue') return undefined;
    reached.resolve(undefined);
    return held.promise;
  });
  const late = createSecret(world, time);
  await reached.promise;
  world.intercept(() => undefined);
  const first = await createSecret(world);
  await setSecret(first);
  held.resolve(undefined);
  const second = await late;
  await setSecret(second);
  return { first, second };
}
