import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { inProcess } from '../../local/lambda/in-process';
import { steps } from '../../local/steps';
import { logsIn } from '../support/database';
import { eachWorld } from '../support/each-world';
import { createSecret, finishSecret, setSecret, testSecret } from '../support/single-steps';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

/** The current value as it is written. */
async function textOf({ client, secretArn }: World): Promise<string> {
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  return SecretString;
}

/** Edits the secret as its owner does: a new value, which becomes AWSCURRENT. */
async function edit(world: World, change: (text: string) => string): Promise<string> {
  const text = change(await textOf(world));
  await world.client.send(new PutSecretValueCommand({ SecretId: world.secretArn, SecretString: text }));
  return text;
}

const adding = (fields: string) => (text: string) => `${text.slice(0, -1)},${fields}}`;

/** All but the login. */
const rest = (text: string): unknown => ({
  ...(JSON.parse(text) as Record<string, unknown>),
  username: undefined,
  password: undefined,
});

const EDITS: [
  what: string,
  before: (text: string) => string,
  edit: (text: string) => string,
  kept: RegExp,
][] = [
  ['a new key', (t) => t, adding('"pool":20'), /"pool":20[,}]/],
  [
    'a key of another value',
    adding('"pool":10'),
    (t) => t.replace('"pool":10', '"pool":25'),
    /"pool":25[,}]/,
  ],
  ['a nested value', adding('"tags":{"a":[1,{"b":2}]}'), (t) => t.replace('"b":2', '"b":3'), /"b":3/],
  ['ssl', adding('"ssl":"false"'), (t) => t.replace('"ssl":"false"', '"ssl":"true"'), /"ssl":"true"/],
  ['a key that is gone', adding('"pool":10'), (t) => t.replace(',"pool":10', ''), /^(?!.*pool)/],
  [
    'a long number',
    adding('"n":12345678901234567890'),
    (t) => t.replace('890,', '891,').replace('890}', '891}'),
    /12345678901234567891/,
  ],
  ['the spelling of a number', adding('"n":1.0'), (t) => t.replace('"n":1.0', '"n":1.00'), /"n":1\.00[,}]/],
  ['null in place of nothing', (t) => t, adding('"a":null'), /"a":null/],
];

describe('what the owner of a secret wrote last survives', () => {
  it.each(EDITS)(
    'a rotation that failed late and is taken up by the next: %s',
    async (_what, before, change, kept) => {
      const world = await worlds.make();
      await edit(world, before);
      await setSecret(await createSecret(world));
      const pending = await world.secret('AWSPENDING');

      const written = await edit(world, change);
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });

      const after = await textOf(world);
      expect(rest(after)).toEqual(rest(written));
      expect(after).toMatch(kept);
      // The standby has its password already.
      expect(JSON.parse(after)).toMatchObject({ username: world.users[1], password: pending.password });
      expect(await world.currentSecretWorks()).toBe(true);
    },
  );

  it('keeps a version that differs in the order of keys only', async () => {
    const world = await worlds.make();
    const state = await createSecret(world);
    const current = Object.entries(await world.secret()).reverse();
    const changed = { ...Object.fromEntries(current) };
    await world.client.send(
      new PutSecretValueCommand({ SecretId: world.secretArn, SecretString: JSON.stringify(changed) }),
    );

    expect(await world.rotate()).toMatchObject({
      status: 'SUCCEEDED',
      output: { versionId: state.versionId },
    });
  });

  it.each(['CreateSecret', 'SetSecret', 'TestSecret', 'FinishSecret'] as const)(
    'when it was written while %s was at work',
    async (at) => {
      const world = await worlds.make();
      let written: string | undefined;
      const editFirst = async (event: unknown): Promise<unknown> => {
        written ??= await edit(world, adding('"during":"the rotation"'));
        return inProcess(steps[at])(event);
      };
      const first = await world.rotate({ handlers: { ...steps, [at]: editFirst } });

      expect(first.status === 'SUCCEEDED' || first.error === 'RotationSupersededError').toBe(true);
      expect(rest(await textOf(world))).toEqual(rest(written ?? ''));
      expect(await world.currentSecretWorks()).toBe(true);
      expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
      expect(rest(await textOf(world))).toEqual(rest(written ?? ''));
      expect(await world.currentSecretWorks()).toBe(true);
    },
  );

  it('when the same scheduled time is delivered again, and then again', async () => {
    const world = await worlds.make();
    const input = { scheduledTime: '2026-03-01T02:00:00Z' } as const;
    const first = await createSecret(world, input);
    const written = await edit(world, adding('"pool":20'));

    const second = await createSecret(world, input);
    const third = await createSecret(world, input);

    expect(second.versionId).not.toBe(first.versionId);
    expect(third.versionId).toBe(second.versionId);
    const set = await setSecret(third);
    await testSecret({ ...third, setSecret: set });
    await finishSecret(third);
    expect(rest(await textOf(world))).toEqual(rest(written));
    expect(await world.currentSecretWorks()).toBe(true);
    await expect(createSecret(world, input)).rejects.toThrow(/another rotation has moved on/);
  });

  it('and a recorded state with an older document is refused where it would go on', async () => {
    const world = await worlds.make();
    const state = await createSecret(world);
    const current = await world.secret();
    world.secrets.seed.version(world.secretArn, {
      versionId: state.currentVersionId,
      value: JSON.stringify({ ...current, pool: 20 }),
      stages: ['AWSCURRENT'],
    });

    await expect(setSecret(state)).rejects.toThrow(/a further field differs .*Start a new rotation/);
  });
});

describe('a version that was promoted and then withdrawn by a person', () => {
  async function withdrawn(world: World) {
    const execution = await world.rotate();
    const { AWSCURRENT = '', AWSPREVIOUS = '' } = await world.labels();
    await world.client.send(
      new UpdateSecretVersionStageCommand({
        SecretId: world.secretArn,
        VersionStage: 'AWSCURRENT',
        RemoveFromVersionId: AWSCURRENT,
        MoveToVersionId: AWSPREVIOUS,
      }),
    );
    return execution;
  }

  it.each(['CreateSecret', 'SetSecret', 'TestSecret', 'FinishSecret'])(
    'is not promoted by %s of its own execution, re-driven or late',
    async (startAt) => {
      const world = await worlds.make();
      const { states } = await withdrawn(world);
      const before = [await world.snapshot(), await world.labels()];
      const inputOf = (name: string) => states.find((state) => state.name === name)?.input;
      const { versionId } = inputOf('SetSecret') as { versionId: string };
      const input =
        startAt === 'CreateSecret'
          ? { secretId: world.secretArn, owner: 'schedule', versionId }
          : inputOf(startAt);

      for (const redriveCount of [0, 1]) {
        const again = await world.rotate({ startAt, redriveCount, input });
        expect(again).toMatchObject({ status: 'FAILED', error: 'RotationSupersededError' });
      }

      expect([await world.snapshot(), await world.labels()]).toEqual(before);
      expect(await world.currentSecretWorks()).toBe(true);
    },
  );

  it('gives way to a new version when the next schedule comes', async () => {
    const world = await worlds.make();
    await withdrawn(world);
    const gone = await world.secret('AWSPREVIOUS');

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });

    expect((await world.secret()).password).not.toBe(gone.password);
    expect(await world.currentSecretWorks()).toBe(true);
    expect(await logsIn(gone)).toBe(false);
  });
});
