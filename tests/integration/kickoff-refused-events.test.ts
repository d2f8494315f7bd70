import { invokeKickoff, MACHINE_ARN } from '../../local/aws/cloud';
import { ROTATION_TOKEN, testCloud } from '../support/cloud';
import { everythingOf, thrownBy } from '../support/leak-marker';
import type { World } from '../support/world';

const test = testCloud();

const eventFor = (world: World, token: string) => ({
  Step: 'createSecret',
  SecretId: world.secretArn,
  ClientRequestToken: token,
  RotationToken: ROTATION_TOKEN,
});

/** Has `event` refused before anything is asked of Step Functions, and nothing written. */
async function expectRefused(world: World, event: unknown, name: string, saying: RegExp): Promise<void> {
  const labels = await world.labels();
  const before = await world.snapshot();
  const writes: string[] = [];
  world.intercept(({ operation }) => {
    if (/^(Put|Update)/.test(operation)) writes.push(operation);
  });

  const error = await thrownBy(() => invokeKickoff(event));

  expect(error.name).toBe(name);
  expect(error.message).toMatch(saying);
  expect(everythingOf(error)).not.toContain(ROTATION_TOKEN);
  expect(writes).toEqual([]);
  expect(test.workflowCalls).toEqual([]);
  expect(await world.labels()).toEqual(labels);
  expect(await world.snapshot()).toEqual(before);
}

describe('an event that Secrets Manager would not send', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['no Step', { Step: undefined }, /^Step: expected one of createSecret, setSecret, testSecret, finish/],
    ['no SecretId', { SecretId: undefined }, /^SecretId: expected the ARN of a secret/],
    ['no ClientRequestToken', { ClientRequestToken: undefined }, /^ClientRequestToken: expected/],
    ['an unknown Step', { Step: 'deleteSecret' }, /^Step: expected one of createSecret/],
    ['a Step in other letters', { Step: 'CreateSecret' }, /^Step: expected one of createSecret/],
    ['a Step that every object has', { Step: 'constructor' }, /^Step: expected one of createSecret/],
    ['a Step that is no text', { Step: ['createSecret'] }, /^Step: expected one of createSecret/],
    ['a token that is too short', { ClientRequestToken: 'short' }, /^ClientRequestToken: expected/],
    ['a token that is too long', { ClientRequestToken: 'a'.repeat(65) }, /^ClientRequestToken: expected/],
    ['a token of two lines', { ClientRequestToken: `${'a'.repeat(32)}\nb` }, /^ClientRequestToken: expect/],
    ['the name of a secret', { SecretId: 'app' }, /^SecretId: expected the ARN of a secret/],
    ['the ARN of something else', { SecretId: MACHINE_ARN }, /^SecretId: expected the ARN of a secret/],
    ['a RotationToken that is no text', { RotationToken: 7 }, /^RotationToken: expected a text/],
    ['all of it wrong', { Step: 1, SecretId: 2, RotationToken: {} }, /Step: .*SecretId: .*RotationToken: /],
  ])('is refused by its field: %s', async (_what, fields, saying) => {
    const world = await test.makeWorld();
    const token = test.announce(world);

    await expectRefused(world, { ...eventFor(world, token), ...fields }, 'InvalidInputError', saying);
  });

  it.each([
    ['Region', ':us-east-1:', ':eu-west-1:'],
    ['account', ':123456789012:', ':210987654321:'],
    ['partition', 'arn:aws:', 'arn:aws-cn:'],
  ])("is refused when the secret is of another %s than the state machine's", async (_what, own, other) => {
    const world = await test.makeWorld();
    const event = eventFor(world, test.announce(world));

    const foreign = { ...event, SecretId: event.SecretId.replace(own, other) };
    await expectRefused(world, foreign, 'InvalidInputError', /^SecretId: expected a secret of aws:us-east-1/);
  });

  it.each([undefined, null, 'createSecret', []])('is refused when it is no object: %p', async (event) => {
    const world = await test.makeWorld();
    test.announce(world);

    await expectRefused(world, event, 'InvalidInputError', /expected/);
  });

  it('is let pass when it only has fields that AWS added since', async () => {
    const world = await test.makeWorld();
    const token = test.announce(world);

    expect(await invokeKickoff({ ...eventFor(world, token), RotationWindow: { Hours: 3 } })).toBeNull();

    await test.cloud.settled();
    expect(await world.labels()).toMatchObject({ AWSCURRENT: token });
  });

  it('is let pass without a RotationToken, which Secrets Manager did not always send', async () => {
    const world = await test.makeWorld();
    const token = test.announce(world);

    expect(await invokeKickoff({ ...eventFor(world, token), RotationToken: undefined })).toBeNull();

    await test.cloud.settled();
    expect(await world.labels()).toMatchObject({ AWSCURRENT: token });
  });
});

describe('a deployment that is wrong', () => {
  it.each([
    ['STATE_MACHINE_ARN', '', /^STATE_MACHINE_ARN environment variable is not set/],
    ['STATE_MACHINE_ARN', 'stepwise-rotation', /^STATE_MACHINE_ARN expected the ARN of a state machine/],
    ['STATE_MACHINE_ARN', MACHINE_ARN.replace('stateMachine', 'activity'), /^STATE_MACHINE_ARN expected/],
    ['KICKOFF_WAIT', '601', /^KICKOFF_WAIT expected whole seconds from 0 to 600/],
    ['KICKOFF_WAIT', 'long', /^KICKOFF_WAIT expected whole seconds/],
    ['MASTER_SECRET_ARN', '', /^MASTER_SECRET_ARN environment variable is not set/],
  ])('is told by the name of its variable: %s=%s', async (name, value, saying) => {
    const world = await test.makeWorld({ environment: { [name]: value } });

    await expectRefused(world, eventFor(world, test.announce(world)), 'ConfigurationError', saying);
  });
});
