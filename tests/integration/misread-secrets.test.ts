import { randomUUID } from 'node:crypto';
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { eachWorld } from '../support/each-world';
import { expectFault } from '../support/preflight';
import { expectRefused, type Refusal } from '../support/refusal';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

/** A secret's cause is named by a rotation and by a preflight alike. */
async function expectNamed(world: World, { error, at, saying }: Refusal): Promise<void> {
  await expectRefused(world, { error, at, saying });
  const layer = 'secret-schema';
  await expectFault(world, { layer, error, saying });
}

async function putBinary(world: World, secretId: string, stage: string): Promise<void> {
  const document = await world.secret('AWSCURRENT', secretId);
  await world.client.send(
    new PutSecretValueCommand({
      SecretId: secretId,
      ClientRequestToken: randomUUID(),
      SecretBinary: Buffer.from(JSON.stringify(document)),
      VersionStages: [stage],
    }),
  );
}

describe('a value that was written as SecretBinary is called binary', () => {
  const saying = (whose: string) => new RegExp(`${whose} is binary \\(SecretBinary\\): write it as a text`);

  it('when it is the current version', async () => {
    const world = await worlds.make();
    await putBinary(world, world.secretArn, 'AWSCURRENT');
    await expectNamed(world, {
      error: 'SecretFormatError',
      at: 'CreateSecret',
      saying: saying('AWSCURRENT of arn:\\S+'),
    });
  });

  it('when it is the pending version, in whose place a schedule writes another', async () => {
    const world = await worlds.make();
    await putBinary(world, world.secretArn, 'AWSPENDING');
    const binary = (await world.labels())['AWSPENDING'];

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    expect((await world.labels())['AWSCURRENT']).not.toBe(binary);
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('when it is the master', async () => {
    const world = await worlds.make();
    await putBinary(world, world.masterArn, 'AWSCURRENT');
    await expectNamed(world, {
      error: 'SecretFormatError',
      at: 'SetSecret',
      saying: saying('AWSCURRENT of the master secret arn:\\S+'),
    });
  });

  it('unless another version of the master logs in', async () => {
    const world = await worlds.make();
    await putBinary(world, world.masterArn, 'AWSPENDING');
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('a text that is not the JSON of a secret is described without a word of it', () => {
  const inner = '{"username":"a","password":"hunter2"}';

  it.each([
    ['a byte order mark', `\uFEFF${inner}`, /is not JSON: .*byte order mark: write it again without one/],
    [
      'JSON twice',
      JSON.stringify(inner),
      /expected an object, found a text that holds one: it was made JSON twice/,
    ],
    ['two documents', `${inner}\n${inner}`, /is not JSON: .*something follows the object, at character \d+/],
    [
      'an end that is missing',
      inner.slice(0, -1),
      /is not JSON: .*(ends before the object|malformed at character \d+)/,
    ],
    ['a comma too many', `${inner.slice(0, -1)},}`, /is not JSON: .*malformed at character \d+/],
    ['single quotes', inner.replaceAll('"', "'"), /is not JSON: .*malformed at character 2/],
    ['a list', `[${inner}]`, /expected an object, found a list/],
    ['blanks', '  \n', /is not JSON: .*it is empty/],
    ['a user and a password', 'app:hunter2', /is not JSON: .*it is another text/],
  ])('%s', async (_what, value, saying) => {
    const world = await worlds.make();
    world.secrets.seed.version(world.secretArn, { versionId: randomUUID(), value, stages: ['AWSCURRENT'] });

    const { cause } = await expectRefused(world, { error: 'SecretFormatError', at: 'CreateSecret', saying });

    expect(cause).not.toContain('hunter2');
  });
});

describe('a field that nearly fits is distinguished from one that is missing', () => {
  it.each(['mysql ', ' mariadb', 'aurora-mysql '])('an engine with a blank: %j', async (engine) => {
    const world = await worlds.make({ secret: { engine } });
    await expectNamed(world, {
      error: 'UnsupportedEngineError',
      at: 'CreateSecret',
      saying: /engine has a blank before or behind it; expected one of mysql/,
    });
  });

  it.each([
    ['app@%', /an @ in it, and a host part does not belong there/],
    ["'app'@'%'", /a quote at an end/],
    ['`app`', /a quote at an end/],
  ])('the user name %s, which no account has', async (username, saying) => {
    const world = await worlds.make({ currentUser: 'absent', naming: 'suffix', secret: { username } });
    await expectRefused(world, { error: 'InitialSetupNotAllowedError', at: 'SetSecret', saying });
  });

  it('a label whose value cannot be read', async () => {
    const world = await worlds.make();
    const versionId = randomUUID();
    world.secrets.seed.version(world.secretArn, { versionId, stages: ['AWSCURRENT'] });
    const execution = await world.rotate();
    expect(execution).toMatchObject({ status: 'FAILED', error: 'SecretStoreUnavailableError' });
    expect(execution.cause).toMatch(new RegExp(`is on version ${versionId}, whose value cannot be read`));
  });
});

describe('a master secret that no password could make right', () => {
  it('is called scheduled for deletion', async () => {
    const world = await worlds.make();
    world.secrets.seed.facts(world.masterArn, { deletedDate: new Date() });
    await expectNamed(world, {
      error: 'SecretMarkedForDeletionError',
      at: 'CreateSecret',
      saying: /the master secret arn:\S+ is scheduled for deletion; restore-secret/,
    });
  });

  it.each(['postgres', 'aurora-postgresql', 'oracle-ee', 'sqlserver-se'])(
    'is called one of %s',
    async (engine) => {
      const world = await worlds.make({ master: { engine } });
      await expectNamed(world, {
        error: 'UnsupportedEngineError',
        at: 'SetSecret',
        saying: /AWSCURRENT of the master secret arn:\S+: engine is none that this service rotates/,
      });
    },
  );

  it('is not judged by an engine that means nothing', async () => {
    const world = await worlds.make({ master: { engine: 'our own database' } });
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  });
});
