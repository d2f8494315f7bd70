import { randomUUID } from 'node:crypto';
import { describeContract } from './each-endpoint';
import { aSecret, freshName, stagesOf } from './endpoint';

describeContract('CreateSecret', ({ api, it }) => {
  it('makes a first version that is AWSCURRENT and bears the token as its id', async () => {
    const token = randomUUID();
    const made = await api().createSecret({
      Name: freshName(),
      SecretString: 'value',
      ClientRequestToken: token,
    });
    expect(made.VersionId).toBe(token);
    expect(await stagesOf(api(), made.ARN ?? '')).toEqual({ [token]: ['AWSCURRENT'] });
  });

  it('gives an ARN that is the name with a hyphen and six characters', async () => {
    const name = freshName();
    const { ARN } = await api().createSecret({ Name: name, SecretString: 'value' });
    expect(ARN).toMatch(
      new RegExp(`^arn:aws:secretsmanager:us-east-1:\\d{12}:secret:${name}-[0-9A-Za-z]{6}$`),
    );
  });

  it('makes no version when no value is given', async () => {
    const { ARN, VersionId } = await api().createSecret({ Name: freshName() });
    expect(VersionId).toBeUndefined();
    expect(await stagesOf(api(), ARN ?? '')).toEqual({});
  });

  it('succeeds again with the same token and value', async () => {
    const request = { Name: freshName(), SecretString: 'value', ClientRequestToken: randomUUID() };
    const once = await api().createSecret(request);
    const again = await api().createSecret(request);
    expect(again).toMatchObject({ ARN: once.ARN, VersionId: once.VersionId });
  });

  for (const [what, value] of [
    ['another token', { SecretString: 'first value' }],
    ['no value', {}],
  ] as const) {
    it(`refuses a name that exists when called with ${what}`, async () => {
      const { name } = await aSecret(api(), 'first value');
      await expect(api().createSecret({ Name: name, ...value })).rejects.toMatchObject({
        name: 'ResourceExistsException',
      });
    });
  }

  it('refuses another value under the token that made the secret', async () => {
    const { name, first } = await aSecret(api());
    const clash = api().createSecret({ Name: name, SecretString: 'other', ClientRequestToken: first });
    await expect(clash).rejects.toMatchObject({ name: 'ResourceExistsException' });
  });

  it('refuses a name with characters that an ARN cannot carry', async () => {
    await expect(api().createSecret({ Name: 'white space' })).rejects.toMatchObject({
      name: expect.stringMatching(/^(InvalidParameter|Validation)Exception$/) as string,
    });
  });
});
