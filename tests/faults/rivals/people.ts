import { UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import type { World } from '../../support/world';

async function move(
  { client, secretArn }: World,
  stage: string,
  from: string | undefined,
  to: string | undefined,
): Promise<void> {
  await client
    .send(
      new UpdateSecretVersionStageCommand({
        SecretId: secretArn,
        VersionStage: stage,
        RemoveFromVersionId: from,
        MoveToVersionId: to,
      }),
    )
    .catch(() => undefined); // a label may be elsewhere by now; then the person has changed nothing
}

/** What a person does to the labels while executions stand still. */
export const PEOPLE: Readonly<Record<string, (world: World) => Promise<void>>> = {
  'a person takes AWSPENDING away': async (world) => {
    const { AWSPENDING } = await world.labels();
    if (AWSPENDING !== undefined) await move(world, 'AWSPENDING', AWSPENDING, undefined);
  },
  'a person moves AWSCURRENT back': async (world) => {
    const { AWSCURRENT, AWSPREVIOUS } = await world.labels();
    if (AWSPREVIOUS !== undefined) await move(world, 'AWSCURRENT', AWSCURRENT, AWSPREVIOUS);
  },
  'the owner edits the secret': async (world) => {
    await world.putSecret({ ...(await world.secret()), edited: true }, 'AWSCURRENT');
  },
};
