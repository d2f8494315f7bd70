import { describeContract } from './each-endpoint';
import { aSecret } from './endpoint';

const DAY_MS = 86_400_000;
const notFound = { name: 'ResourceNotFoundException' };

describeContract('DeleteSecret and RestoreSecret', ({ api, it }) => {
  const daysUntil = (date: Date | undefined) => ((date?.getTime() ?? NaN) - Date.now()) / DAY_MS;

  it('schedules the deletion, 30 days ahead unless told otherwise', async () => {
    for (const RecoveryWindowInDays of [undefined, 7, 30]) {
      const { id, name } = await aSecret(api());
      const answer = await api().deleteSecret({ SecretId: name, RecoveryWindowInDays });
      expect(answer).toMatchObject({ ARN: id, Name: name });
      expect(daysUntil(answer.DeletionDate)).toBeCloseTo(RecoveryWindowInDays ?? 30, 2);
    }
  });

  it('tells in DescribeSecret when the deletion was asked for', async () => {
    const { id: SecretId } = await aSecret(api());
    await api().deleteSecret({ SecretId });
    expect(daysUntil((await api().describeSecret({ SecretId })).DeletedDate)).toBeCloseTo(0, 2);
  });

  it('hides the secret from lists unless deleted ones are asked for', async () => {
    const { id: SecretId, name } = await aSecret(api());
    await api().deleteSecret({ SecretId });
    const Filters = [{ Key: 'name' as const, Values: [name] }];
    expect((await api().listSecrets({ Filters })).SecretList).toEqual([]);
    const all = await api().listSecrets({ Filters, IncludePlannedDeletion: true });
    expect(all.SecretList).toHaveLength(1);
  });

  const uses = {
    GetSecretValue: (SecretId: string) => api().getSecretValue({ SecretId }),
    PutSecretValue: (SecretId: string) => api().putSecretValue({ SecretId, SecretString: 'y' }),
    UpdateSecret: (SecretId: string) => api().updateSecret({ SecretId, Description: 'y' }),
    TagResource: (SecretId: string) => api().tagResource({ SecretId, Tags: [{ Key: 'k', Value: 'v' }] }),
    DeleteSecret: (SecretId: string) => api().deleteSecret({ SecretId }),
    RotateSecret: (SecretId: string) => api().rotateSecret({ SecretId }),
    CancelRotateSecret: (SecretId: string) => api().cancelRotateSecret({ SecretId }),
  };
  for (const [operation, call] of Object.entries(uses)) {
    it(`makes ${operation} impossible until the secret is restored`, async () => {
      const { id } = await aSecret(api());
      await api().deleteSecret({ SecretId: id });
      await expect(call(id)).rejects.toMatchObject({ name: 'InvalidRequestException' });
    });
  }

  it('gives everything back when it is taken back', async () => {
    const { id: SecretId, name } = await aSecret(api(), 'still here');
    await api().deleteSecret({ SecretId });
    expect(await api().restoreSecret({ SecretId })).toMatchObject({ ARN: SecretId, Name: name });
    expect((await api().getSecretValue({ SecretId })).SecretString).toBe('still here');
    expect((await api().describeSecret({ SecretId })).DeletedDate).toBeUndefined();
  });

  it('deletes at once when forced to, and the name is free again', async () => {
    const { id, name } = await aSecret(api());
    await api().deleteSecret({ SecretId: id, ForceDeleteWithoutRecovery: true });
    await expect(api().describeSecret({ SecretId: id })).rejects.toMatchObject(notFound);
    const { ARN } = await api().createSecret({ Name: name });
    expect(ARN).not.toBe(id);
  });

  it('deletes at once also what is scheduled already', async () => {
    const { id: SecretId } = await aSecret(api());
    await api().deleteSecret({ SecretId });
    await api().deleteSecret({ SecretId, ForceDeleteWithoutRecovery: true });
    await expect(api().restoreSecret({ SecretId })).rejects.toMatchObject(notFound);
  });

  it('misses a secret that does not exist, unless forced to delete it', async () => {
    const SecretId = 'contract/nobody';
    await expect(api().deleteSecret({ SecretId })).rejects.toMatchObject(notFound);
    const { Name } = await api().deleteSecret({ SecretId, ForceDeleteWithoutRecovery: true });
    expect(Name).toBe(SecretId);
  });

  for (const RecoveryWindowInDays of [6, 31]) {
    it(`refuses a window of ${RecoveryWindowInDays} days`, async () => {
      const { id: SecretId } = await aSecret(api());
      await expect(api().deleteSecret({ SecretId, RecoveryWindowInDays })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
    });
  }

  it('refuses a window together with force', async () => {
    const { id: SecretId } = await aSecret(api());
    const both = { SecretId, RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true };
    await expect(api().deleteSecret(both)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});
