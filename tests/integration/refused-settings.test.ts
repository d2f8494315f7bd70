import { randomUUID } from 'node:crypto';
import { eachWorld } from '../support/each-world';
import { expectRefused } from '../support/refusal';
import { endSecretsManagerAfterAll } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

describe('a setting of the deployer that is missing or malformed is refused by name', () => {
  it.each(['', ' , '])('when MASTER_SECRET_ARN is %j', async (value) => {
    const world = await worlds.make({ environment: { MASTER_SECRET_ARN: value } });

    await expectRefused(world, {
      error: 'ConfigurationError',
      at: 'CreateSecret',
      saying: /^MASTER_SECRET_ARN environment variable is not set$/,
    });
  });

  it('when MASTER_SECRET_ARN is not there at all', async () => {
    const world = await worlds.make();
    delete process.env['MASTER_SECRET_ARN'];

    await expectRefused(world, {
      error: 'ConfigurationError',
      at: 'CreateSecret',
      saying: /^MASTER_SECRET_ARN environment variable is not set$/,
    });
  });

  it.each([
    ['APP_USER_2', '', /APP_USER_2 environment variable is not set, but its partner is: set both or neither/],
    ['APP_USER_1', '', /APP_USER_1 environment variable is not set, but its partner is: set both or neither/],
    ['PASSWORD_LENGTH', 'long', /PASSWORD_LENGTH expected a whole number from 8 to 256/],
    ['PASSWORD_LENGTH', '7', /PASSWORD_LENGTH expected a whole number from 8 to 256/],
    ['PASSWORD_LENGTH', '257', /PASSWORD_LENGTH expected a whole number from 8 to 256/],
    ['PASSWORD_LENGTH', '8.5', /PASSWORD_LENGTH expected a whole number from 8 to 256/],
    ['EXCLUDE_CHARACTERS', '0123456789', /EXCLUDE_CHARACTERS/],
    ['DB_ENDPOINTS', 'db.example', /DB_ENDPOINTS expected host:port/],
    ['DB_ENDPOINTS', 'db.example:3306;other:3306', /DB_ENDPOINTS expected host:port/],
    ['DB_ENDPOINTS', 'db.example:0', /DB_ENDPOINTS expected a port from 1 to 65535/],
    ['DB_ENDPOINTS', 'db.example:65536', /DB_ENDPOINTS expected a port from 1 to 65535/],
    ['DB_ALLOW_PLAINTEXT_FALLBACK', 'yes', /DB_ALLOW_PLAINTEXT_FALLBACK expected true or false/],
  ])('when %s is %j', async (name, value, saying) => {
    const world = await worlds.make({ environment: { [name]: value } });

    await expectRefused(world, { error: 'ConfigurationError', at: 'CreateSecret', saying });
  });

  it('when APP_USER_1 and APP_USER_2 are the same', async () => {
    const world = await worlds.make();
    world.setEnvironment({ APP_USER_2: world.users[0] });

    await expectRefused(world, {
      error: 'ConfigurationError',
      at: 'CreateSecret',
      saying: /APP_USER_1 and APP_USER_2 are equal: name two different users/,
    });
  });

  it('when DB_CA_BUNDLE_PATH cannot be read', async () => {
    const world = await worlds.make({ environment: { DB_CA_BUNDLE_PATH: '/nowhere/ca.pem' } });

    await expectRefused(world, {
      error: 'ConfigurationError',
      at: 'SetSecret',
      saying: /DB_CA_BUNDLE_PATH \/nowhere\/ca\.pem cannot be read: expected a PEM file/,
    });
  });
});

describe('an execution input that is not understood is refused by field', () => {
  const secretId = 'filled in by the test';
  const owner = 'schedule';

  it.each([
    [{ owner, secretId: undefined }, /secretId: expected a text/],
    [{ owner, secretId: '' }, /secretId: expected a text that is not empty/],
    [{ owner, secretId: 7 }, /secretId: expected a text/],
    [{ secretId }, /owner: expected "schedule" or "secrets-manager"/],
    [{ secretId, owner: 'somebody' }, /owner: expected "schedule" or "secrets-manager"/],
    [{ secretId, owner, versionID: 'x' }, /unknown field versionID; expected secretId, owner/],
    [{ secretId, owner, operation: 'destroy' }, /operation: expected "rotate"/],
    [{ secretId, owner, versionId: 'short' }, /versionId: expected a version id of 32 to 64/],
    [{ secretId, owner, versionId: `${'v'.repeat(31)}\n` }, /versionId: expected .* none of them a control/],
    [{ secretId, owner: 'secrets-manager' }, /versionId: expected the version id that Secrets Manager made/],
    [{ secretId, owner, scheduledTime: 'noon' }, /scheduledTime: expected an ISO 8601 time with its zone/],
    [
      { secretId, owner, scheduledTime: '2026-01-01T00:00:00' },
      /scheduledTime: expected an ISO 8601 time with its zone/,
    ],
  ])('when it is %j', async (given, saying) => {
    const world = await worlds.make();
    const input = given.secretId === secretId ? { ...given, secretId: world.secretArn } : given;

    await expectRefused(world, { error: 'InvalidInputError', at: 'CreateSecret', saying, run: { input } });
  });

  it.each(['a text', []])('when it is %j', async (input) => {
    const world = await worlds.make();

    await expectRefused(world, {
      error: 'InvalidInputError',
      at: 'CreateSecret',
      saying: /input: expected an object with secretId and owner/,
      run: { input },
    });
  });

  it('when a redrive brings the state of another release', async () => {
    const world = await worlds.make();

    await expectRefused(world, {
      error: 'InvalidInputError',
      at: 'SetSecret',
      saying: /schemaVersion: expected 1; this execution was started by another release: start a new one/,
      run: {
        startAt: 'SetSecret',
        input: {
          schemaVersion: 0,
          executionArn: 'arn',
          secretArn: world.secretArn,
          owner,
          versionId: randomUUID(),
          currentVersionId: randomUUID(),
          currentUser: world.users[0],
          pendingUser: world.users[1],
          alreadyRotated: false,
          masterRotating: false,
        },
      },
    });
  });
});
