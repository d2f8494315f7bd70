import { describeContract } from './each-endpoint';
import { aSecret, aVersion } from './endpoint';

describeContract('S8: ListSecretVersionIds', ({ api, it }) => {
  async function secretWithDeprecatedVersion() {
    const { id, name, first } = await aSecret(api());
    const deprecated = await aVersion(api(), id, 'abandoned', ['AWSPENDING']);
    const pending = await aVersion(api(), id, 'pending', ['AWSPENDING']);
    return { id, name, first, deprecated, pending };
  }

  it('lists the versions that bear labels', async () => {
    const { id, name, first, pending } = await secretWithDeprecatedVersion();
    const { Versions = [], ARN, Name } = await api().listSecretVersionIds({ SecretId: name });
    expect({ ARN, Name }).toEqual({ ARN: id, Name: name });
    expect(Versions.map(({ VersionId, VersionStages }) => [VersionId, VersionStages])).toEqual([
      [first, ['AWSCURRENT']],
      [pending, ['AWSPENDING']],
    ]);
    expect(Versions[0]?.CreatedDate).toBeInstanceOf(Date);
  });

  it('lists deprecated versions too when asked to', async () => {
    const { id, deprecated } = await secretWithDeprecatedVersion();
    const { Versions = [] } = await api().listSecretVersionIds({ SecretId: id, IncludeDeprecated: true });
    expect(Versions).toHaveLength(3);
    const found = Versions.find(({ VersionId }) => VersionId === deprecated);
    expect(found?.VersionStages ?? []).toEqual([]);
  });

  it('gives page after page', async () => {
    const { id: SecretId, first, pending } = await secretWithDeprecatedVersion();
    const one = await api().listSecretVersionIds({ SecretId, MaxResults: 1 });
    expect(one.Versions?.map(({ VersionId }) => VersionId)).toEqual([first]);
    const two = await api().listSecretVersionIds({ SecretId, MaxResults: 1, NextToken: one.NextToken });
    expect(two.Versions?.map(({ VersionId }) => VersionId)).toEqual([pending]);
    expect(two.NextToken).toBeUndefined();
  });
});
