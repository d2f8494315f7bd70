import { type FilterNameStringType, paginateListSecrets } from '@aws-sdk/client-secrets-manager';
import { describeContract } from './each-endpoint';
import { aSecret, freshName } from './endpoint';

describeContract('ListSecrets', ({ api, it }) => {
  async function threeSecrets() {
    const prefix = freshName();
    for (const name of ['apples', 'berries', 'cherries'] as const) {
      await api().createSecret({
        Name: `${prefix}/${name.charAt(0)}`,
        Description: `Database of ${name}`,
        SecretString: 'x',
        Tags: [{ Key: `fruit-${name.charAt(0)}`, Value: name }],
      });
    }
    const namesOf = async (Key: FilterNameStringType, ...Values: string[]) => {
      const Filters = [
        { Key: 'name' as const, Values: [prefix] },
        { Key, Values },
      ];
      const { SecretList = [] } = await api().listSecrets({ Filters, SortBy: 'name', SortOrder: 'asc' });
      return SecretList.map(({ Name = '' }) => Name.slice(-1)).join('');
    };
    return { prefix, namesOf };
  }

  it('describes each secret, with its labels and without values', async () => {
    const { id, name, first } = await aSecret(api(), 'do-not-list-me');
    const { SecretList = [] } = await api().listSecrets({ Filters: [{ Key: 'name', Values: [name] }] });
    expect(SecretList).toHaveLength(1);
    expect(SecretList[0]).toMatchObject({
      ARN: id,
      Name: name,
      SecretVersionsToStages: { [first]: ['AWSCURRENT'] },
    });
    expect(SecretList[0]?.CreatedDate).toBeInstanceOf(Date);
    expect(JSON.stringify(SecretList)).not.toContain('do-not-list-me');
  });

  it('keeps what passes every filter by any of its values', async () => {
    const { prefix, namesOf } = await threeSecrets();
    expect(await namesOf('name', prefix)).toBe('abc');
    expect(await namesOf('name', prefix.toUpperCase())).toBe('');
    expect(await namesOf('tag-key', 'fruit-b')).toBe('b');
    expect(await namesOf('tag-key', 'fruit')).toBe('abc');
    expect(await namesOf('tag-value', 'appl', 'cherries')).toBe('ac');
    expect(await namesOf('tag-value', '!berries')).toBe('ac');
    expect(await namesOf('tag-value', 'Berries')).toBe('');
    expect(await namesOf('owning-service', 'rds')).toBe('');
    expect(await namesOf('primary-region', 'eu')).toBe('');
  });

  it('looks for words, in whatever case, in descriptions and in everything', async () => {
    const { namesOf } = await threeSecrets();
    expect(await namesOf('description', 'dataBASE of cherr')).toBe('c');
    expect(await namesOf('description', 'd apples')).toBe('a');
    expect(await namesOf('description', 'erries')).toBe('');
    expect(await namesOf('all', 'berries')).toBe('b');
    expect(await namesOf('all', 'DATABASE berr')).toBe('b');
  });

  it('gives page after page until all are listed', async () => {
    const { prefix } = await threeSecrets();
    const pages: (string | undefined)[][] = [];
    const request = { Filters: [{ Key: 'name' as const, Values: [prefix] }], SortOrder: 'asc' as const };
    for await (const { SecretList = [] } of paginateListSecrets({ client: api(), pageSize: 2 }, request)) {
      pages.push(SecretList.map(({ Name }) => Name?.slice(-1)));
    }
    expect(pages).toEqual([['a', 'b'], ['c']]);
  });

  it('refuses a page token that it did not give out', async () => {
    await expect(api().listSecrets({ NextToken: 'invented' })).rejects.toMatchObject({
      name: 'InvalidNextTokenException',
    });
  });
});
