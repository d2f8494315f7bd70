import { paginateListSecrets } from '@aws-sdk/client-secrets-manager';
import { aSecret, contractApi, freshName } from './endpoint';

describe('ListSecrets', () => {
  const api = contractApi();

  async function threeSecrets() {
    const prefix = freshName();
    for (const name of ['a', 'b', 'c']) {
      await api().createSecret({
        Name: `${prefix}/${name}`,
        Description: `Database of ${name}`,
        SecretString: 'x',
        Tags: [{ Key: 'letter', Value: name }],
      });
    }
    const namesOf = async (Key: 'name' | 'tag-value' | 'description' | 'all', ...Values: string[]) => {
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
    expect(await namesOf('tag-value', 'a', 'c')).toBe('ac');
    expect(await namesOf('tag-value', '!b')).toBe('ac');
    expect(await namesOf('description', 'dataBASE of c')).toBe('c');
    expect(await namesOf('all', 'DATABASE secret/b')).toBe('b');
    expect(await namesOf('name', prefix.toUpperCase())).toBe('');
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
