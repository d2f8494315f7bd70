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
    ['another user', { username: 'somebody' }],
    ['the current user', { username: undefined }],
    ['another engine', { engine: 'mariadb' }],
    ['another host', { host: 'db.example' }],
    ['another port', { port: 1 }],
    ['another database', { dbname: 'other' }],
    ['another master', { masterarn: 'arn:other' }],
  ])('is replaced by a schedule when it names %s, which no later run could finish', async (_what, fields) => {
    const world = await worlds.make();
    const before = await world.secret();
    const fitting = { ...before, username: world.users[1], password: randomUUID() };
    const changed = { ...fitting, ...fields };
    const left = await world.putSecret(
      { ...changed, username: changed.username ?? before.username },
      'AWSPENDING',
    );

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });

    const after = await world.secret();
    expect(after).toEqual({ ...before, username: world.users[1], password: after.password });
    expect(Object.values(await world.labels())).not.toContain(left);
    expect(await world.currentSecretWorks()).toBe(true);
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  });

  it.each([
    ['is not JSON', 'a text'],
    ['has no password', undefined],
    ['is of an engine that is not rotated', '{"engine":"oracle","host":"h","username":"u","password":"p"}'],
  ])('is replaced by a schedule when it %s', async (_reason, text) => {
    const world = await worlds.make();
    const { password, ...rest } = await world.secret();
    expect(password).toBe(world.firstPassword);
    await world.putSecret(text ?? { ...rest, username: world.users[1] }, 'AWSPENDING');

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.currentSecretWorks()).toBe(true);
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

  it('is replaced by a schedule while it is empty, after a rotation that Secrets Manager gave up', async () => {
    const world = await worlds.make();
    world.secrets.seed.version(world.secretArn, { versionId: randomUUID(), stages: ['AWSPENDING'] });

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('is refused while it is empty and Secrets Manager drives, and the remedy of the message helps', async () => {
    const world = await worlds.make();
    const versionId = randomUUID();
    world.secrets.seed.version(world.secretArn, { versionId, stages: ['AWSPENDING'] });
    world.secrets.seed.facts(world.secretArn, { rotation: { enabled: true } });

    await expectRefused(world, {
      error: 'PendingVersionEmptyError',
      at: 'CreateSecret',
      saying: new RegExp(
        `update-secret-version-stage --version-stage AWSPENDING --remove-from-version-id ${versionId}$`,
      ),
      run: { input: { secretId: world.secretArn, owner: 'secrets-manager', versionId } },
    });

    await world.client.send(
      new UpdateSecretVersionStageCommand({
        SecretId: world.secretArn,
        VersionStage: 'AWSPENDING',
        RemoveFromVersionId: versionId,
      }),
    );
    world.secrets.seed.facts(world.secretArn, { rotation: { enabled: false } });
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  });

  it.each([
    ['username', { username: 'somebody' }],
    ['username', { username: undefined }],
    ['host', { host: 'db.example' }],
    ['ssl', { ssl: 'true' }],
    ['a further field', { pool: 20 }],
  ])('is refused by name when Secrets Manager drives and its %s does not fit', async (field, fields) => {
    const world = await worlds.make();
    const current = await world.secret();
    const document = { ...current, username: world.users[1], password: randomUUID(), ...fields };
    const versionId = await world.putSecret(
      { ...document, username: document.username ?? current.username },
      'AWSPENDING',
    );
    world.secrets.seed.facts(world.secretArn, { rotation: { enabled: true } });

    await expectRefused(world, {
      error: 'PendingVersionMismatchError',
      at: 'CreateSecret',
      saying: new RegExp(
        `: ${field} differs .*cancel-rotate-secret, .*--remove-from-version-id ${versionId}, and run rotate-secret`,
      ),
      run: { input: { secretId: world.secretArn, owner: 'secrets-manager', versionId } },
    });
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
