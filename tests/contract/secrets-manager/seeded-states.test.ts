import { randomUUID } from 'node:crypto';
import { freshName, withEndpoint } from './endpoint';

/** States that only AWS itself brings about, so that these tests need the embedded endpoint's seed. */
describe('A seeded secret', () => {
  it('S4: has a pending version without a value until somebody writes it', async () => {
    await withEndpoint({}, async (api, { seed }) => {
      const SecretId = seed.secret({ name: freshName(), value: 'current' });
      const token = randomUUID();
      seed.version(SecretId, { versionId: token, stages: ['AWSPENDING'] });

      expect((await api.describeSecret({ SecretId })).VersionIdsToStages).toHaveProperty(token, [
        'AWSPENDING',
      ]);
      await expect(api.getSecretValue({ SecretId, VersionStage: 'AWSPENDING' })).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: "Secrets Manager can't find the specified secret value for staging label: AWSPENDING",
      });
      const both = { SecretId, VersionId: token, VersionStage: 'AWSPENDING' };
      await expect(api.getSecretValue(both)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });

      const put = { SecretId, ClientRequestToken: token, VersionStages: ['AWSPENDING'] };
      await api.putSecretValue({ ...put, SecretString: 'pending' });
      expect((await api.getSecretValue(both)).SecretString).toBe('pending');
      await expect(api.putSecretValue({ ...put, SecretString: 'other' })).rejects.toMatchObject({
        name: 'ResourceExistsException',
      });
    });
  });

  it('can be described but neither read nor written while it is scheduled for deletion', async () => {
    await withEndpoint({}, async (api, { seed }) => {
      const deletedDate = new Date('2026-05-01T00:00:00Z');
      const Name = freshName();
      const SecretId = seed.secret({ name: Name, value: 'x', deletedDate });
      const refusal = {
        name: 'InvalidRequestException',
        message: "You can't perform this operation on the secret because it was marked for deletion.",
      };
      await expect(api.getSecretValue({ SecretId })).rejects.toMatchObject(refusal);
      await expect(api.putSecretValue({ SecretId, SecretString: 'y' })).rejects.toMatchObject(refusal);
      const label = { SecretId, VersionStage: 'mine', MoveToVersionId: randomUUID() };
      await expect(api.updateSecretVersionStage(label)).rejects.toMatchObject(refusal);
      await expect(api.createSecret({ Name })).rejects.toMatchObject({ name: 'InvalidRequestException' });

      expect((await api.describeSecret({ SecretId })).DeletedDate).toEqual(deletedDate);
      expect((await api.listSecrets({})).SecretList).toEqual([]);
      expect((await api.listSecrets({ IncludePlannedDeletion: true })).SecretList).toHaveLength(1);

      seed.facts(SecretId, { deletedDate: undefined });
      expect((await api.getSecretValue({ SecretId })).SecretString).toBe('x');
    });
  });

  it('can be read but not written where it is a replica', async () => {
    await withEndpoint({}, async (api, { seed }) => {
      const SecretId = seed.secret({ name: freshName(), value: 'x', primaryRegion: 'eu-west-1' });
      expect((await api.describeSecret({ SecretId })).PrimaryRegion).toBe('eu-west-1');
      const { VersionId, SecretString } = await api.getSecretValue({ SecretId });
      expect(SecretString).toBe('x');
      const refusal = {
        name: 'InvalidParameterException',
        message: "Operation not permitted on a replica secret. Call must be made in primary secret's region.",
      };
      await expect(api.putSecretValue({ SecretId, SecretString: 'y' })).rejects.toMatchObject(refusal);
      const label = { SecretId, VersionStage: 'mine', MoveToVersionId: VersionId };
      await expect(api.updateSecretVersionStage(label)).rejects.toMatchObject(refusal);
    });
  });

  it('is found in lists by its owner and by its primary Region', async () => {
    await withEndpoint({}, async (api, { seed }) => {
      seed.secret({ name: 'owned', owningService: 'rds' });
      seed.secret({ name: 'replica', primaryRegion: 'eu-west-1' });
      const namesOf = async (Key: 'owning-service' | 'primary-region' | 'all', Value: string) =>
        (await api.listSecrets({ Filters: [{ Key, Values: [Value] }] })).SecretList?.map(({ Name }) => Name);
      expect(await namesOf('owning-service', 'rds')).toEqual(['owned']);
      expect(await namesOf('primary-region', 'eu')).toEqual(['replica']);
      expect(await namesOf('all', 'RDS')).toEqual(['owned']);
    });
  });

  it('can be written in its primary Region', async () => {
    await withEndpoint({ region: 'eu-west-1' }, async (api, { seed }) => {
      const SecretId = seed.secret({ name: freshName(), value: 'x', primaryRegion: 'eu-west-1' });
      expect(SecretId).toContain(':eu-west-1:');
      await api.putSecretValue({ SecretId, SecretString: 'y' });
    });
  });

  it('tells who owns it and how it rotates', async () => {
    await withEndpoint({}, async (api, { seed }) => {
      const lambdaArn = 'arn:aws:lambda:us-east-1:123456789012:function:kickoff';
      const lastRotatedDate = new Date('2026-05-01T00:00:00Z');
      const rules = { ScheduleExpression: 'rate(7 days)' };
      const rotation = { enabled: true, lambdaArn, rules, lastRotatedDate };
      const SecretId = seed.secret({ name: freshName(), value: 'x', owningService: 'rds', rotation });
      expect(await api.describeSecret({ SecretId })).toMatchObject({
        OwningService: 'rds',
        RotationEnabled: true,
        RotationLambdaARN: lambdaArn,
        RotationRules: rules,
        LastRotatedDate: lastRotatedDate,
      });
      seed.facts(SecretId, { rotation: { enabled: false } });
      expect((await api.describeSecret({ SecretId })).RotationEnabled).toBe(false);
    });
  });

  it('bears the dates of the clock it was given', async () => {
    const now = new Date('2026-05-01T12:34:56.789Z');
    await withEndpoint({ now: () => now }, async (api, { seed }) => {
      const SecretId = seed.secret({ name: freshName(), value: 'x' });
      expect((await api.getSecretValue({ SecretId })).CreatedDate).toEqual(now);
      expect((await api.describeSecret({ SecretId })).LastAccessedDate).toEqual(
        new Date('2026-05-01T00:00:00Z'),
      );
    });
  });
});
