import { describeContract } from './each-endpoint';
import { aSecret, freshName } from './endpoint';

describeContract('TagResource and UntagResource', ({ api, it }) => {
  async function taggedSecret() {
    const Tags = [{ Key: 'team', Value: 'blue' }];
    const { ARN: SecretId = '' } = await api().createSecret({ Name: freshName(), SecretString: 'x', Tags });
    const tags = async () => (await api().describeSecret({ SecretId })).Tags;
    return { SecretId, tags };
  }

  it('adds tags, and gives one that is there the new value', async () => {
    const { SecretId, tags } = await taggedSecret();
    const Tags = [
      { Key: 'team', Value: 'red' },
      { Key: 'stage', Value: 'test' },
    ];
    await api().tagResource({ SecretId, Tags });
    expect(await tags()).toEqual(Tags);
  });

  it('removes tags by their keys, and knows none that is not there', async () => {
    const { SecretId, tags } = await taggedSecret();
    await api().untagResource({ SecretId, TagKeys: ['absent'] });
    expect(await tags()).toHaveLength(1);
    await api().untagResource({ SecretId, TagKeys: ['team', 'absent'] });
    expect(await tags()).toEqual([]);
  });

  it('tags by name too', async () => {
    const { name, id } = await aSecret(api());
    await api().tagResource({ SecretId: name, Tags: [{ Key: 'team', Value: 'blue' }] });
    expect((await api().describeSecret({ SecretId: id })).Tags).toEqual([{ Key: 'team', Value: 'blue' }]);
  });

  it('refuses more than 50 tags in all', async () => {
    const { SecretId } = await taggedSecret();
    const tags = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ Key: `key-${n}`, Value: 'value' }));
    await api().tagResource({ SecretId, Tags: tags(49) });
    await expect(api().tagResource({ SecretId, Tags: tags(50) })).rejects.toMatchObject({
      name: 'LimitExceededException',
    });
  });

  it('does not find a secret that does not exist', async () => {
    const refusal = { name: 'ResourceNotFoundException' };
    const SecretId = 'contract/nobody';
    await expect(api().tagResource({ SecretId, Tags: [] })).rejects.toMatchObject(refusal);
    await expect(api().untagResource({ SecretId, TagKeys: [] })).rejects.toMatchObject(refusal);
  });
});
