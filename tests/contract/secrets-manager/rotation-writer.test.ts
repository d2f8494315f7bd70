import type { RotationEvent } from '../../../local/aws/secrets-manager/rotation/rotation-function';
import { LAMBDA, namesOf, type Step, withRotatingSecret } from './rotating-secret';

/** Writes the pending version as somebody who is not the function, like a step of a state machine would. */
const byStranger =
  (tokenFrom: (event: RotationEvent) => string | undefined): Step =>
  (event, _lambda, stranger) => {
    const { SecretId, ClientRequestToken } = event;
    const pending = { SecretString: 'written elsewhere', VersionStages: ['AWSPENDING'] };
    return stranger.putSecretValue({
      SecretId,
      ClientRequestToken,
      ...pending,
      RotationToken: tokenFrom(event),
    });
  };

/** Rotates once with this `createSecret`. @returns the names of the events, and why the first attempt failed */
async function rotateWith(createSecret: Step): Promise<{ names: string[]; error: string | undefined }> {
  const told: { names: string[]; error: string | undefined } = { names: [], error: undefined };
  await withRotatingSecret({ steps: { createSecret } }, async ({ server, api, id, events, rotate }) => {
    const versionId = await rotate();
    await server.settled();
    const { error } = events.find(({ name }) => name === 'RotationFailed') ?? {};
    told.names = namesOf(events);
    told.error = error?.replace(versionId, '<version>').replace(id, '<secret>');
    const written = await api.getSecretValue({ SecretId: id, VersionId: versionId });
    expect(written.SecretString).toBe('written elsewhere');
  });
  return told;
}

describe('The writer of a pending version', () => {
  it('S1: that is not the function makes the rotation fail, although the value is accepted', async () => {
    const told = await rotateWith(byStranger(() => undefined));
    expect(told.names).not.toContain('RotationSucceeded');
    expect(told.error).toBe(
      `Pending secret version <version> for Secret <secret> was not created by Lambda ${LAMBDA}. ` +
        'Remove the AWSPENDING staging label and restart rotation',
    );
  });

  it("S1: may be anybody who shows the event's RotationToken", async () => {
    const told = await rotateWith(byStranger(({ RotationToken }) => RotationToken));
    expect(told.names).toEqual(['RotationStarted', 'RotationSucceeded']);
  });

  it('S1: is not believed with a RotationToken that is another', async () => {
    const told = await rotateWith(byStranger(() => 'x'.repeat(36)));
    expect(told.error).toMatch(/was not created by Lambda/);
  });

  it('S2: gets a RotationToken of 36 to 256 characters, which differs between retries', async () => {
    const setSecret: Step = () => Promise.reject(new Error('no'));
    await withRotatingSecret({ steps: { setSecret } }, async ({ server, calls, rotate }) => {
      await rotate();
      await server.settled();
      const tokens = new Set(calls.map(({ RotationToken }) => RotationToken));
      expect(tokens.size).toBe(3);
      for (const token of tokens) expect(token).toMatch(/^[\da-zA-Z-]{36,256}$/);
    });
  });

  it('S2: cannot use the RotationToken of an attempt that is over', async () => {
    const seen: string[] = [];
    const createSecret: Step = (...call) => {
      seen.push(call[0].RotationToken);
      if (seen.length === 1) return Promise.reject(new Error('first attempt'));
      return byStranger(() => seen[0])(...call);
    };
    const told = await rotateWith(createSecret);
    expect(told.names).not.toContain('RotationSucceeded');
  });

  for (const length of [35, 257]) {
    it(`S2: is refused with a RotationToken of ${length} characters`, async () => {
      await withRotatingSecret({}, async ({ api, id }) => {
        const put = { SecretId: id, SecretString: 'x', RotationToken: 'x'.repeat(length) };
        await expect(api.putSecretValue(put)).rejects.toMatchObject({ name: 'ValidationException' });
      });
    });
  }

  it('S1: does not matter where no rotation is under way', async () => {
    await withRotatingSecret({}, async ({ api, id, events }) => {
      await api.putSecretValue({ SecretId: id, SecretString: 'x', VersionStages: ['AWSPENDING'] });
      expect(events).toEqual([]);
    });
  });
});
