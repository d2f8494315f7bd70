import { randomUUID } from 'node:crypto';
import { UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import type { World } from './world';

/**
 * How not to rotate: the pending password comes first and rights one by one afterwards, the promotion in between.
 * `whenPromoted` takes as long as a slow or interrupted rotation would. It shows that a probe which reports nothing about the real rotation would have seen an outage.
 */
export async function rotatePasswordFirst(world: World, whenPromoted: () => Promise<void>): Promise<void> {
  const { admin, client, secretArn, users, database } = world;
  const { AWSCURRENT } = await world.labels();
  const current = await world.secret();
  const standby = users[current.username === users[0] ? 1 : 0];
  const password = randomUUID();
  const versionId = await world.putSecret({ ...current, username: standby, password }, 'AWSPENDING');

  await admin.run(`DROP USER IF EXISTS '${standby}'`, `CREATE USER '${standby}' IDENTIFIED BY '${password}'`);
  await client.send(
    new UpdateSecretVersionStageCommand({
      SecretId: secretArn,
      VersionStage: 'AWSCURRENT',
      RemoveFromVersionId: AWSCURRENT,
      MoveToVersionId: versionId,
    }),
  );
  await whenPromoted();
  for (const right of ['SELECT', 'INSERT', 'UPDATE', 'DELETE']) {
    await admin.run(`GRANT ${right} ON \`${database}\`.* TO '${standby}'`);
  }
}
