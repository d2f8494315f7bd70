import { randomUUID } from 'node:crypto';
import { UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import { eachWorld } from '../support/each-world';
import { expectRefused } from '../support/refusal';
import { createSecret } from '../support/single-steps';
import { endSecretsManagerAfterAll } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

describe('a version that somebody else left pending', () => {
  it('is finished under its own id when it fits', async () => {
    const world = await worlds.make();
    const pending = { ...(await world.secret()), username: world.users[1], password: randomUUID() };
    const versionId = await world.putSecret(pending, 'AWSPENDING');

    const execution = await world.rotate();

    expect(execution).toMatchObject({ status: 'SUCCEEDED', output: { versionId } });
    expect(await world.labels()).toMatchObject({ AWSCURRENT: versionId });
    expect(await world.secret()).toEqual(pending);
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it.each([
    ['username', { username: 'somebody' }],
    ['engine', { engine: 'mariadb' }],
    ['host', { host: 'db.example' }],
    ['port', { port: 1 }],
    ['dbname', { dbname: 'other' }],
    ['masterarn', { masterarn: 'arn:other' }],
  ])('is refused when its %s does not fit', async (field, fields) => {
    const world = await worlds.make();
    const fitting = { ...(await world.secret()), username: world.users[1], password: randomUUID() };
    await world.putSecret({ ...fitting, ...fields }, 'AWSPENDING');

    await expectRefused(world, {
      error: 'PendingVersionMismatchError',
      at: 'CreateSecret',
      saying: new RegExp(`: ${field} differs .*update-secret-version-stage --version-stage AWSPENDING`),
    });
  });

  it.each([
    ['is not JSON', 'a text', 'is not JSON'],
    ['has no password', undefined, 'password: expected a password'],
  ])('is refused when it %s', async (_reason, text, saying) => {
    const world = await worlds.make();
    const { password, ...rest } = await world.secret();
    expect(password).toBe(world.firstPassword);
    await world.putSecret(text ?? { ...rest, username: world.users[1] }, 'AWSPENDING');

    await expectRefused(world, {
      error: 'SecretFormatError',
      at: 'CreateSecret',
      saying: new RegExp(`AWSPENDING of arn:.*${saying}`),
    });
  });

  it('is judged again by SetSecret, in case it was exchanged meanwhile', async () => {
    const world = await worlds.make();
    const input = await createSecret(world);
    world.secrets.seed.version(world.secretArn, {
      versionId: input.versionId,
      value: JSON.stringify({ ...(await world.secret()), username: 'somebody' }),
      stages: ['AWSPENDING'],
    });

    await expectRefused(world, {
      error: 'PendingVersionMismatchError',
      at: 'SetSecret',
      saying: /username differs/,
      run: { startAt: 'SetSecret', input },
    });
  });

  it('is refused while it is empty, and the remedy of the message helps', async () => {
    const world = await worlds.make();
    const versionId = randomUUID();
    world.secrets.seed.version(world.secretArn, { versionId, stages: ['AWSPENDING'] });

    await expectRefused(world, {
      error: 'PendingVersionEmptyError',
      at: 'CreateSecret',
      saying: new RegExp(
        `update-secret-version-stage --version-stage AWSPENDING --remove-from-version-id ${versionId}$`,
      ),
    });

    await world.client.send(
      new UpdateSecretVersionStageCommand({
        SecretId: world.secretArn,
        VersionStage: 'AWSPENDING',
        RemoveFromVersionId: versionId,
      }),
    );
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('is never taken by a rotation that Secrets Manager drives', async () => {
    const world = await worlds.make();
    const { password, ...rest } = await world.secret();
    await world.putSecret({ ...rest, password, username: world.users[1] }, 'AWSPENDING');
    world.secrets.seed.facts(world.secretArn, { rotation: { enabled: true } });

    await expectRefused(world, {
      error: 'RotationSupersededError',
      at: 'CreateSecret',
      saying: /is neither AWSPENDING nor AWSCURRENT: another rotation has moved on, nothing was changed/,
      run: { input: { secretId: world.secretArn, owner: 'secrets-manager', versionId: randomUUID() } },
    });
  });

  it('is finished when Secrets Manager announced it and its value is there', async () => {
    const world = await worlds.make();
    const pending = { ...(await world.secret()), username: world.users[1], password: randomUUID() };
    const versionId = await world.putSecret(pending, 'AWSPENDING');
    world.secrets.seed.facts(world.secretArn, { rotation: { enabled: true } });

    const execution = await world.rotate({
      input: { secretId: world.secretArn, owner: 'secrets-manager', versionId },
    });

    expect(execution).toMatchObject({ status: 'SUCCEEDED', output: { versionId } });
    expect(await world.currentSecretWorks()).toBe(true);
  });
});
