import { randomUUID } from 'node:crypto';
import { eachWorld } from '../support/each-world';
import { expectRefused } from '../support/refusal';
import { endSecretsManagerAfterAll } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

describe('a secret that is not written as AWS writes it is refused', () => {
  it.each(['not JSON', '', '"a text"', '[1]', 'null', '{"engine":'])('when its text is %j', async (text) => {
    const world = await worlds.make();
    world.secrets.seed.version(world.secretArn, {
      versionId: randomUUID(),
      value: text,
      stages: ['AWSCURRENT'],
    });

    await expectRefused(world, {
      error: 'SecretFormatError',
      at: 'CreateSecret',
      saying: /AWSCURRENT of arn:.*(is not JSON|expected|Invalid)/,
    });
  });

  it.each([
    ['engine', undefined],
    ['engine', 7],
    ['engine', ''],
    ['host', undefined],
    ['host', 7],
    ['host', ''],
    ['host', 'db\nexample'],
    ['port', 'three'],
    ['port', ''],
    ['port', 0],
    ['port', '65536'],
    ['port', 33.5],
    ['port', null],
    ['username', undefined],
    ['username', 7],
    ['username', ''],
    ['username', 'a\u0000b'],
    ['password', undefined],
    ['password', 87_654_321],
    ['password', ''],
    ['dbname', 7],
    ['dbname', ''],
    ['database', ['x']],
    ['masterarn', 7],
    ['masterarn', ''],
    ['ssl', 'yes'],
    ['ssl', 1],
    ['ssl', null],
  ])('when %s is %j', async (field, value) => {
    const world = await worlds.make({ secret: { [field]: value } });

    const { cause } = await expectRefused(world, {
      error: 'SecretFormatError',
      at: 'CreateSecret',
      saying: new RegExp(`AWSCURRENT of arn:.*: ${field}: expected `),
    });

    expect(cause).not.toContain('87654321');
  });

  it('naming every wrong field at once', async () => {
    const world = await worlds.make({ secret: { host: 7, username: undefined, ssl: 'maybe' } });

    await expectRefused(world, {
      error: 'SecretFormatError',
      at: 'CreateSecret',
      saying: /host: expected .*username: expected .*ssl: expected true or false/,
    });
  });

  it.each(['postgres', 'oracle', 'mysql8', 'mysql '])('when its engine is %j', async (engine) => {
    const world = await worlds.make({ secret: { engine } });

    await expectRefused(world, {
      error: 'UnsupportedEngineError',
      at: 'CreateSecret',
      saying: /engine .*mysql/,
    });
  });
});

describe('a secret that this service must not write is refused', () => {
  it('when it does not exist', async () => {
    const world = await worlds.make();
    const secretId = `${world.secretArn}-other`;

    await expectRefused(world, {
      error: 'SecretNotFoundError',
      at: 'CreateSecret',
      saying: /no such secret; check its ARN, account and Region/,
      run: { input: { secretId, owner: 'schedule' } },
    });
  });

  it('when it has no current value', async () => {
    const world = await worlds.make();
    const secretId = world.secrets.seed.secret({ name: `empty-${world.id}` });

    await expectRefused(world, {
      error: 'SecretNotFoundError',
      at: 'CreateSecret',
      saying: /has no AWSCURRENT value/,
      run: { input: { secretId, owner: 'schedule' } },
    });
  });

  it.each([
    [
      'it is a replica',
      { primaryRegion: 'eu-west-1' },
      'ReplicaSecretError',
      /replica.* rotate its primary in eu-west-1/,
    ],
    [
      'it is scheduled for deletion',
      { deletedDate: new Date() },
      'SecretMarkedForDeletionError',
      /scheduled for deletion; restore-secret/,
    ],
    [
      'another service owns it',
      { owningService: 'rds' },
      'ServiceOwnedSecretError',
      /managed by rds, .*rotate it there/,
    ],
    [
      'Secrets Manager rotates it',
      { rotation: { enabled: true } },
      'RotationOwnershipError',
      /rotation enabled .*rotate-secret.*cancel-rotate-secret/,
    ],
  ])('when %s', async (_reason, facts, error, saying) => {
    const world = await worlds.make();
    world.secrets.seed.facts(world.secretArn, facts);

    await expectRefused(world, { error, at: 'CreateSecret', saying });
  });

  it('when Secrets Manager is said to rotate it, and does not', async () => {
    const world = await worlds.make();

    await expectRefused(world, {
      error: 'RotationOwnershipError',
      at: 'CreateSecret',
      saying: /no rotation enabled .*owner "schedule"/,
      run: { input: { secretId: world.secretArn, owner: 'secrets-manager', versionId: randomUUID() } },
    });
  });
});
