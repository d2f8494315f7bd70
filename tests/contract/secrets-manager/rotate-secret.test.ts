import { describeContract } from './each-endpoint';
import { aSecret, aVersion, stagesOf } from './endpoint';

const NOBODY = 'arn:aws:lambda:us-east-1:123456789012:function:nobody';

/** What can be asked without a rotation function; with one, see `rotation.test.ts`. */
describeContract('RotateSecret and CancelRotateSecret', ({ api, it }) => {
  it('refuses to rotate by a function that nobody named', async () => {
    const { id, first } = await aSecret(api());
    await expect(api().rotateSecret({ SecretId: id })).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: 'No Lambda rotation function ARN is associated with this secret.',
    });
    expect(await stagesOf(api(), id)).toEqual({ [first]: ['AWSCURRENT'] });
  });

  it('refuses a function that it cannot call, and configures nothing', async () => {
    const { id: SecretId, first } = await aSecret(api());
    const RotationRules = { AutomaticallyAfterDays: 1 };
    const refused = api().rotateSecret({ SecretId, RotationLambdaARN: NOBODY, RotationRules });
    await expect(refused).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(
        /^Secrets Manager cannot invoke the specified Lambda function/,
      ) as string,
    });
    const described = await api().describeSecret({ SecretId });
    expect(described.RotationEnabled).toBeUndefined();
    expect(described.RotationLambdaARN).toBeUndefined();
    expect(await stagesOf(api(), SecretId)).toEqual({ [first]: ['AWSCURRENT'] });
  });

  const refusedRules = {
    '0 days': { AutomaticallyAfterDays: 0 },
    '1001 days': { AutomaticallyAfterDays: 1001 },
    'days and a schedule': { AutomaticallyAfterDays: 1, ScheduleExpression: 'rate(1 day)' },
    'a rate below four hours': { ScheduleExpression: 'rate(3 hours)' },
    'a schedule that is none': { ScheduleExpression: 'weekly' },
    'a window without unit': { ScheduleExpression: 'rate(1 day)', Duration: '10' },
  };
  for (const [what, RotationRules] of Object.entries(refusedRules)) {
    it(`refuses ${what}`, async () => {
      const { id: SecretId } = await aSecret(api());
      const refused = api().rotateSecret({ SecretId, RotationLambdaARN: NOBODY, RotationRules });
      await expect(refused).rejects.toMatchObject({
        name: expect.stringMatching(/^(InvalidParameter|Validation)Exception$/) as string,
      });
    });
  }

  it('refuses to cancel what was never configured', async () => {
    const { id: SecretId } = await aSecret(api());
    await expect(api().cancelRotateSecret({ SecretId })).rejects.toMatchObject({
      name: 'InvalidRequestException',
    });
  });

  it('does not find a secret that does not exist', async () => {
    const notFound = { name: 'ResourceNotFoundException' };
    const SecretId = 'contract/nobody';
    await expect(api().rotateSecret({ SecretId })).rejects.toMatchObject(notFound);
    await expect(api().cancelRotateSecret({ SecretId })).rejects.toMatchObject(notFound);
  });

  it('S6: is refused while AWSPENDING is on a version that is not current', async () => {
    const { id: SecretId } = await aSecret(api());
    await aVersion(api(), SecretId, 'planted', ['AWSPENDING']);
    const before = await stagesOf(api(), SecretId);
    await expect(api().rotateSecret({ SecretId, RotationLambdaARN: NOBODY })).rejects.toThrow();
    expect(await stagesOf(api(), SecretId)).toEqual(before);
  });

  it('S6: is not enabled although a version is pending', async () => {
    const { id: SecretId } = await aSecret(api());
    await aVersion(api(), SecretId, 'planted', ['AWSPENDING']);
    expect((await api().describeSecret({ SecretId })).RotationEnabled).toBeUndefined();
  });
});
