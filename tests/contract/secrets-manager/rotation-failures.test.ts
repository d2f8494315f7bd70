import { stagesOf } from './endpoint';
import { LAMBDA, namesOf, SAMPLE, type Step, stepsOf, withRotatingSecret } from './rotating-secret';

const fail: Step = () => Promise.reject(new Error('pa55word'));
const succeed: Step = () => Promise.resolve();
const isReattempted = {
  name: 'InvalidRequestException',
  message: "A previous rotation isn't complete. That rotation will be reattempted.",
};

describe('A rotation that fails', () => {
  it('S3: is tried again from its first step with the same token, and its labels stay', async () => {
    await withRotatingSecret({ steps: { setSecret: fail } }, async (secret) => {
      const { api, server, id, first, calls, events, rotate } = secret;
      const token = await rotate();
      await server.settled();
      const attempt = ['createSecret', 'setSecret'];
      expect(stepsOf(calls)).toEqual([...attempt, ...attempt, ...attempt]);
      expect(new Set(calls.map(({ ClientRequestToken }) => ClientRequestToken))).toEqual(new Set([token]));
      const tries = ['RotationStarted', 'RotationFailed'];
      expect(namesOf(events)).toEqual([...tries, ...tries, ...tries]);
      expect(events[1]?.error).toBe(`Error when executing lambda ${LAMBDA} during setSecret step`);
      expect(await stagesOf(api, id)).toEqual({ [first]: ['AWSCURRENT'], [token]: ['AWSPENDING'] });
      expect((await api.describeSecret({ SecretId: id })).LastRotatedDate).toBeUndefined();
    });
  });

  it('S3: succeeds in a retry', async () => {
    let tries = 0;
    const testSecret: Step = (...call) => ((tries += 1) < 3 ? fail : succeed)(...call);
    await withRotatingSecret({ steps: { testSecret } }, async ({ api, server, id, events, rotate }) => {
      const token = await rotate();
      await server.settled();
      expect(namesOf(events).at(-1)).toBe('RotationSucceeded');
      expect((await stagesOf(api, id))[token]).toEqual(['AWSCURRENT']);
    });
  });

  it('S6: bars every other RotateSecret, which has it tried again instead', async () => {
    let isBroken = true;
    const setSecret: Step = (...call) => (isBroken ? fail : succeed)(...call);
    await withRotatingSecret({ steps: { setSecret } }, async ({ api, server, id, rotate }) => {
      const token = await rotate();
      await server.settled();
      isBroken = false;
      await expect(rotate()).rejects.toMatchObject(isReattempted);
      await server.settled();
      expect((await stagesOf(api, id))[token]).toEqual(['AWSCURRENT']);
      const next = await rotate();
      await server.settled();
      expect((await stagesOf(api, id))[next]).toEqual(['AWSCURRENT']);
    });
  });

  it('is tried again by RotateSecret with its own token', async () => {
    let isBroken = true;
    const finishSecret: Step = (...call) => (isBroken ? fail : SAMPLE.finishSecret)(...call);
    await withRotatingSecret({ steps: { finishSecret } }, async ({ api, server, id, rotate }) => {
      const ClientRequestToken = await rotate();
      await server.settled();
      isBroken = false;
      expect(await rotate({ SecretId: id, ClientRequestToken })).toBe(ClientRequestToken);
      await server.settled();
      expect((await stagesOf(api, id))[ClientRequestToken]).toEqual(['AWSCURRENT']);
    });
  });

  it('S6: has failed when every step was answered but the version is not current', async () => {
    await withRotatingSecret({ steps: { finishSecret: succeed } }, async (secret) => {
      const { api, server, id, first, events, rotate } = secret;
      const token = await rotate();
      await server.settled();
      expect(namesOf(events)).not.toContain('RotationSucceeded');
      expect(events.at(-1)?.error).toMatch(/is not AWSCURRENT after the finishSecret step$/);
      expect(await stagesOf(api, id)).toEqual({ [first]: ['AWSCURRENT'], [token]: ['AWSPENDING'] });
    });
  });

  it('S6: can begin anew once AWSPENDING is taken off', async () => {
    await withRotatingSecret({ steps: { setSecret: fail } }, async ({ api, server, id, rotate }) => {
      const token = await rotate();
      await server.settled();
      const label = { SecretId: id, VersionStage: 'AWSPENDING', RemoveFromVersionId: token };
      await api.updateSecretVersionStage(label);
      expect(await rotate()).not.toBe(token);
    });
  });

  it('never tells what the function said, which might quote a value', async () => {
    await withRotatingSecret({ steps: { createSecret: fail } }, async ({ server, events, rotate }) => {
      await rotate();
      await server.settled();
      expect(JSON.stringify(events)).not.toContain('pa55word');
    });
  });

  it('ends with its secret', async () => {
    const deleted = Promise.withResolvers<undefined>();
    const setSecret: Step = () => deleted.promise;
    await withRotatingSecret({ steps: { setSecret } }, async ({ api, server, id, calls, events, rotate }) => {
      await rotate();
      await api.deleteSecret({ SecretId: id, ForceDeleteWithoutRecovery: true });
      deleted.resolve(undefined);
      await server.settled();
      expect(stepsOf(calls)).not.toContain('finishSecret');
      expect(namesOf(events)).not.toContain('RotationSucceeded');
    });
  });
});
