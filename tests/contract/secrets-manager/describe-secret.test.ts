import { describeContract } from './each-endpoint';
import { aSecret, aVersion, freshName } from './endpoint';

describeContract('DescribeSecret', ({ api, it }) => {
  it('tells what CreateSecret was told, with dates, and no value', async () => {
    const name = freshName();
    const Tags = [{ Key: 'team', Value: 'blue' }];
    const before = Math.floor(Date.now() / 1_000) * 1_000; // dates may be whole seconds
    const { ARN } = await api().createSecret({ Name: name, SecretString: 'x', Description: 'a note', Tags });
    const after = Date.now();
    const described = await api().describeSecret({ SecretId: name });
    expect(described).toMatchObject({ ARN, Name: name, Description: 'a note', Tags });
    expect(described.CreatedDate?.getTime()).toBeGreaterThanOrEqual(before);
    expect(described.CreatedDate?.getTime()).toBeLessThanOrEqual(after);
    expect(described.LastChangedDate).toEqual(described.CreatedDate);
    expect(described).not.toHaveProperty('SecretString');
  });

  it('finds a secret by name, by ARN and by the ARN without its random end', async () => {
    const { id, name } = await aSecret(api());
    for (const SecretId of [name, id, id.slice(0, -7)]) {
      expect((await api().describeSecret({ SecretId })).ARN).toBe(id);
    }
  });

  for (const [what, SecretId] of [
    ['a name', 'contract/nobody'],
    ['an ARN', 'arn:aws:secretsmanager:us-east-1:123456789012:secret:contract/nobody-aBcDeF'],
  ] as const) {
    it(`does not find ${what} that does not exist`, async () => {
      await expect(api().describeSecret({ SecretId })).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: "Secrets Manager can't find the specified secret.",
      });
    });
  }

  it('tells the day of the last reading, without the hour', async () => {
    const { id } = await aSecret(api());
    expect((await api().describeSecret({ SecretId: id })).LastAccessedDate).toBeUndefined();
    await api().getSecretValue({ SecretId: id });
    const { LastAccessedDate } = await api().describeSecret({ SecretId: id });
    expect(LastAccessedDate?.toISOString()).toMatch(/T00:00:00\.000Z$/);
  });

  it('leaves out versions that bear no label', async () => {
    const { id } = await aSecret(api());
    const abandoned = await aVersion(api(), id, 'abandoned', ['AWSPENDING']);
    const pending = await aVersion(api(), id, 'pending', ['AWSPENDING']);
    const { VersionIdsToStages } = await api().describeSecret({ SecretId: id });
    expect(VersionIdsToStages).not.toHaveProperty(abandoned);
    expect(VersionIdsToStages).toHaveProperty(pending, ['AWSPENDING']);
  });
});
