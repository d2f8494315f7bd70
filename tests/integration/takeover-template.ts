import { randomBytes, randomUUID } from 'node:crypto';
import { UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import type { World } from '../support/world';

/**
 * What AWS's template SecretsManagerRDSMySQLRotationMultiUser does, in its own statements and in its own order
 * (aws-samples/aws-secrets-manager-rotation-lambdas), so that what it leaves behind can be taken over here.
 */

const SUFFIX = '_clone';

/** 32 characters, as GetRandomPassword makes them for the template. */
const makePassword = () => `aA1!${randomBytes(14).toString('hex')}`;

interface TemplateStop {
  /** It creates the user with its password, and fails at the first grant. */
  afterCreatingUser?: boolean;
}

/** createSecret: the pending version is the current one with the other user and a new password. */
async function createSecret(
  world: World,
): Promise<{ versionId: string; username: string; password: string }> {
  const current = await world.secret();
  const username = current.username.endsWith(SUFFIX)
    ? current.username.slice(0, -SUFFIX.length)
    : current.username + SUFFIX;
  const password = makePassword();
  const versionId = await world.putSecret({ ...current, username, password }, 'AWSPENDING');
  return { versionId, username, password };
}

/** setSecret: the user with its password first, then each grant as text, TLS, and the password once more. */
async function setSecret(
  { admin }: World,
  current: string,
  { username, password }: { username: string; password: string },
  { afterCreatingUser = false }: TemplateStop,
): Promise<void> {
  const found = await admin.rows('SELECT User FROM mysql.user WHERE User = ?', [username]);
  if (found.length === 0) await admin.run(`CREATE USER '${username}' IDENTIFIED BY '${password}'`);
  if (afterCreatingUser) return;
  const grants = await admin.rows<Record<string, string>>('SHOW GRANTS FOR ?', [current]);
  for (const row of grants) {
    const [grant = ''] = (Object.values(row)[0] ?? '').split(' TO ');
    await admin.run(`${grant} TO '${username}'`);
  }
  await admin.run(`ALTER USER '${username}' REQUIRE NONE`, `SET PASSWORD FOR '${username}' = '${password}'`);
}

/** finishSecret: moves AWSCURRENT. AWSPENDING stays, until Secrets Manager takes it away. */
async function finishSecret({ client, secretArn }: World, from: string, to: string): Promise<void> {
  await client.send(
    new UpdateSecretVersionStageCommand({
      SecretId: secretArn,
      VersionStage: 'AWSCURRENT',
      MoveToVersionId: to,
      RemoveFromVersionId: from,
    }),
  );
}

/** One rotation by the template. @returns the id of the version that it made */
export async function rotateWithTemplate(world: World, stop: TemplateStop = {}): Promise<string> {
  const { username: current } = await world.secret();
  const { AWSCURRENT: from = '' } = await world.labels();
  const { versionId, ...pending } = await createSecret(world);
  await setSecret(world, current, pending, stop);
  if (stop.afterCreatingUser !== true) await finishSecret(world, from, versionId);
  return versionId;
}

/** What the secret's configuration says as long as the template's function owns the rotation. */
export function ownByTemplate({ secrets, secretArn }: World): void {
  const lambdaArn = `arn:aws:lambda:us-east-1:123456789012:function:template-${randomUUID()}`;
  secrets.seed.facts(secretArn, { rotation: { enabled: true, lambdaArn } });
}
