import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { stagesOf } from './endpoint';
import { LAMBDA, namesOf, type Step, stepsOf, withRotatingSecret } from './rotating-secret';

const FOUR_STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

describe('A rotation that Secrets Manager drives', () => {
  it('S3: calls the function once per step, each after the answer to the one before', async () => {
    let underWay = 0;
    const setSecret = async () => {
      underWay += 1;
      await wait(30);
      underWay -= 1;
    };
    const testSecret = () => (underWay === 0 ? Promise.resolve() : Promise.reject(new Error('too early')));
    await withRotatingSecret({ steps: { setSecret, testSecret } }, async (secret) => {
      const token = await secret.rotate();
      await secret.server.settled();
      expect(stepsOf(secret.calls)).toEqual(FOUR_STEPS);
      for (const { SecretId, ClientRequestToken } of secret.calls) {
        expect([SecretId, ClientRequestToken]).toEqual([secret.id, token]);
      }
      expect(secret.events).toEqual([
        { name: 'RotationStarted', secretArn: secret.id, versionId: token },
        { name: 'RotationSucceeded', secretArn: secret.id, versionId: token },
      ]);
    });
  });

  it('S4: has announced an empty version when RotateSecret answers', async () => {
    let proceed: () => void = () => undefined;
    const createSecret = () => new Promise<void>((resolve) => void (proceed = resolve));
    await withRotatingSecret({ steps: { createSecret } }, async ({ api, id, first, rotate }) => {
      const token = randomUUID();
      expect(await rotate({ SecretId: id, ClientRequestToken: token })).toBe(token);
      expect(await stagesOf(api, id)).toEqual({ [first]: ['AWSCURRENT'], [token]: ['AWSPENDING'] });
      const empty = { SecretId: id, VersionId: token, VersionStage: 'AWSPENDING' };
      await expect(api.getSecretValue(empty)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
      await wait(10);
      proceed();
    });
  });

  it('S6: takes AWSPENDING off after success, and dates it', async () => {
    const now = new Date('2026-05-01T12:34:56Z');
    await withRotatingSecret({ now: () => now }, async ({ api, server, id, first, rotate }) => {
      const token = await rotate({ SecretId: id, RotationRules: { AutomaticallyAfterDays: 7 } });
      await server.settled();
      expect(await stagesOf(api, id)).toEqual({ [first]: ['AWSPREVIOUS'], [token]: ['AWSCURRENT'] });
      expect(await api.describeSecret({ SecretId: id })).toMatchObject({
        RotationEnabled: true,
        RotationLambdaARN: LAMBDA,
        RotationRules: { AutomaticallyAfterDays: 7 },
        LastRotatedDate: now,
        NextRotationDate: new Date('2026-05-08T23:59:59Z'),
      });
    });
  });

  it('S6: rotates again with what is configured, also where the function took AWSPENDING off itself', async () => {
    const finishSecret: Step = async ({ SecretId, ClientRequestToken: MoveToVersionId }, lambda) => {
      const { VersionId: RemoveFromVersionId } = await lambda.getSecretValue({ SecretId });
      const VersionStage = 'AWSCURRENT';
      await lambda.updateSecretVersionStage({ SecretId, VersionStage, MoveToVersionId, RemoveFromVersionId });
      const removal = { SecretId, VersionStage: 'AWSPENDING', RemoveFromVersionId: MoveToVersionId };
      await lambda.updateSecretVersionStage(removal);
    };
    await withRotatingSecret({ steps: { finishSecret } }, async ({ api, server, id, events, rotate }) => {
      await rotate();
      await server.settled();
      const { VersionId = '' } = await api.rotateSecret({ SecretId: id });
      await server.settled();
      expect((await stagesOf(api, id))[VersionId]).toEqual(['AWSCURRENT']);
      expect(namesOf(events).filter((name) => name === 'RotationSucceeded')).toHaveLength(2);
    });
  });

  it('S6: goes ahead where AWSPENDING is on the current version', async () => {
    await withRotatingSecret({}, async ({ api, server, id, first, events, rotate }) => {
      const label = { SecretId: id, VersionStage: 'AWSPENDING', MoveToVersionId: first };
      await api.updateSecretVersionStage(label);
      await rotate();
      await server.settled();
      expect(namesOf(events)).toEqual(['RotationStarted', 'RotationSucceeded']);
    });
  });

  it('S6: is refused while AWSPENDING is on another version, and changes nothing', async () => {
    await withRotatingSecret({}, async ({ api, id, calls, rotate }) => {
      const planted = { SecretId: id, SecretString: 'planted', VersionStages: ['AWSPENDING'] };
      await api.putSecretValue(planted);
      const before = await stagesOf(api, id);
      for (const RotateImmediately of [true, false]) {
        await expect(rotate({ SecretId: id, RotateImmediately })).rejects.toMatchObject({
          name: 'InvalidRequestException',
          message: "A previous rotation isn't complete. That rotation will be reattempted.",
        });
      }
      expect(await stagesOf(api, id)).toEqual(before);
      expect((await api.describeSecret({ SecretId: id })).RotationEnabled).toBeUndefined();
      expect(calls).toEqual([]);
    });
  });

  it('starts once however often RotateSecret comes with the same token', async () => {
    await withRotatingSecret({}, async ({ server, id, calls, rotate }) => {
      const request = { SecretId: id, ClientRequestToken: randomUUID() };
      await Promise.all([rotate(request), rotate(request)]);
      await server.settled();
      await rotate(request);
      await server.settled();
      expect(stepsOf(calls)).toEqual(FOUR_STEPS);
    });
  });

  it('S12: is given up when somebody writes a new current version by hand', async () => {
    let byHand: string | undefined;
    const setSecret: Step = async ({ SecretId }, _lambda, stranger) => {
      byHand = (await stranger.putSecretValue({ SecretId, SecretString: 'mine' })).VersionId;
    };
    await withRotatingSecret({ steps: { setSecret } }, async (secret) => {
      const { api, server, id, first, events, calls, rotate } = secret;
      const token = await rotate();
      await server.settled();
      expect(await stagesOf(api, id)).toEqual({
        [first]: ['AWSPREVIOUS'],
        [byHand ?? '']: ['AWSCURRENT'],
      });
      expect(stepsOf(calls)).toEqual(['createSecret', 'setSecret']);
      expect(namesOf(events)).toEqual(['RotationStarted', 'RotationAbandoned']);
      expect(events[1]?.versionId).toBe(token);
    });
  });
});
