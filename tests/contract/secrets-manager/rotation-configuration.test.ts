import { setTimeout as wait } from 'node:timers/promises';
import { stagesOf } from './endpoint';
import { LAMBDA, namesOf, type Step, stepsOf, withRotatingSecret } from './rotating-secret';

describe('Rotation that is configured but not begun', () => {
  it('S5: has only testSecret called, with a copy of the current value that is gone afterwards', async () => {
    const read: unknown[] = [];
    const testSecret: Step = async ({ SecretId, ClientRequestToken }, lambda) => {
      const pending = { SecretId, VersionId: ClientRequestToken, VersionStage: 'AWSPENDING' };
      read.push((await lambda.getSecretValue(pending)).SecretString);
    };
    await withRotatingSecret({ steps: { testSecret } }, async (secret) => {
      const { api, server, id, first, calls, events, rotate } = secret;
      await rotate({ SecretId: id, RotateImmediately: false, RotationRules: { AutomaticallyAfterDays: 7 } });
      await server.settled();
      expect(stepsOf(calls)).toEqual(['testSecret']);
      expect(read).toEqual(['first value']);
      expect(namesOf(events)).toEqual(['TestRotationStarted', 'TestRotationSucceeded']);
      const { Versions } = await api.listSecretVersionIds({ SecretId: id, IncludeDeprecated: true });
      expect(Versions?.map(({ VersionId }) => VersionId)).toEqual([first]);
      const described = await api.describeSecret({ SecretId: id });
      expect(described).toMatchObject({ RotationEnabled: true, RotationLambdaARN: LAMBDA });
      expect(described.LastRotatedDate).toBeUndefined();
      expect(described.NextRotationDate).toBeInstanceOf(Date);
    });
  });

  it('S5: is configured also when the test fails, which is not tried again', async () => {
    const testSecret: Step = () => Promise.reject(new Error('no'));
    await withRotatingSecret({ steps: { testSecret } }, async (secret) => {
      const { api, server, id, first, calls, events, rotate } = secret;
      await rotate({ SecretId: id, RotateImmediately: false });
      await server.settled();
      expect(calls).toHaveLength(1);
      expect(namesOf(events)).toEqual(['TestRotationStarted', 'TestRotationFailed']);
      expect(events[1]?.error).toBe(`Error when executing lambda ${LAMBDA} during testSecret step`);
      expect(await stagesOf(api, id)).toEqual({ [first]: ['AWSCURRENT'] });
      expect((await api.describeSecret({ SecretId: id })).RotationEnabled).toBe(true);
    });
  });

  it.each([
    [{ AutomaticallyAfterDays: 1 }, '2026-05-02T23:59:59Z'],
    [{ ScheduleExpression: 'rate(10 days)' }, '2026-05-11T23:59:59Z'],
    [{ ScheduleExpression: 'rate(10 days)', Duration: '3h' }, '2026-05-11T02:59:59Z'],
    [{ ScheduleExpression: 'rate(4 hours)' }, '2026-05-01T16:59:59Z'],
    [{ ScheduleExpression: 'cron(0 8 1 * ? *)' }, undefined],
  ])('is due by the rules %j at %s', async (RotationRules, date) => {
    const now = () => new Date('2026-05-01T12:34:56Z');
    await withRotatingSecret({ now }, async ({ api, id, rotate }) => {
      await rotate({ SecretId: id, RotateImmediately: false, RotationRules });
      const described = await api.describeSecret({ SecretId: id });
      expect(described.RotationRules).toEqual(RotationRules);
      expect(described.NextRotationDate).toEqual(date === undefined ? undefined : new Date(date));
    });
  });
});

describe('CancelRotateSecret', () => {
  it('turns rotation off and keeps the configuration, so that RotateSecret turns it on again', async () => {
    await withRotatingSecret({}, async ({ api, server, id, rotate }) => {
      await rotate({ SecretId: id, RotationRules: { AutomaticallyAfterDays: 7 } });
      await server.settled();
      expect((await api.cancelRotateSecret({ SecretId: id })).VersionId).toBeUndefined();
      const off = await api.describeSecret({ SecretId: id });
      expect(off).toMatchObject({ RotationEnabled: false, RotationLambdaARN: LAMBDA });
      expect(off.NextRotationDate).toBeUndefined();
      await api.rotateSecret({ SecretId: id });
      expect((await api.describeSecret({ SecretId: id })).RotationEnabled).toBe(true);
    });
  });

  it('S6: stops a rotation under way and leaves its AWSPENDING, which it names', async () => {
    let cancelled: (() => void) | undefined;
    const createSecret: Step = () => new Promise<void>((resolve) => void (cancelled = resolve));
    await withRotatingSecret({ steps: { createSecret } }, async (secret) => {
      const { api, server, id, first, calls, events, rotate } = secret;
      const token = await rotate();
      while (cancelled === undefined) await wait(1);
      expect((await api.cancelRotateSecret({ SecretId: id })).VersionId).toBe(token);
      cancelled();
      await server.settled();
      expect(stepsOf(calls)).toEqual(['createSecret']);
      expect(namesOf(events)).toEqual(['RotationStarted']);
      expect(await stagesOf(api, id)).toEqual({ [first]: ['AWSCURRENT'], [token]: ['AWSPENDING'] });
      await expect(rotate()).rejects.toMatchObject({ name: 'InvalidRequestException' });
    });
  });
});
