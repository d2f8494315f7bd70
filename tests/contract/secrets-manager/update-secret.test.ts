import { randomUUID } from 'node:crypto';
import { describeContract } from './each-endpoint';
import { aSecret, aVersion, freshName, stagesOf } from './endpoint';

describeContract('UpdateSecret', ({ api, it }) => {
  it('changes the description and makes no version', async () => {
    const { id, name, first } = await aSecret(api());
    const answer = await api().updateSecret({ SecretId: name, Description: 'a note' });
    expect(answer).toMatchObject({ ARN: id, Name: name });
    expect(answer.VersionId).toBeUndefined();
    expect((await api().describeSecret({ SecretId: id })).Description).toBe('a note');
    expect(await stagesOf(api(), id)).toEqual({ [first]: ['AWSCURRENT'] });
  });

  it('makes a version of a value, which is AWSCURRENT, and leaves the rest alone', async () => {
    const Tags = [{ Key: 'team', Value: 'blue' }];
    const made = { Name: freshName(), SecretString: '1', Description: 'a note', Tags };
    const { ARN: SecretId = '', VersionId: first = '' } = await api().createSecret(made);
    const ClientRequestToken = randomUUID();
    const { VersionId } = await api().updateSecret({ SecretId, ClientRequestToken, SecretString: '2' });
    expect(VersionId).toBe(ClientRequestToken);
    expect(await stagesOf(api(), SecretId)).toEqual({
      [first]: ['AWSPREVIOUS'],
      [ClientRequestToken]: ['AWSCURRENT'],
    });
    expect((await api().getSecretValue({ SecretId })).SecretString).toBe('2');
    expect(await api().describeSecret({ SecretId })).toMatchObject({ Description: 'a note', Tags });
  });

  it('refuses the token of a version that exists', async () => {
    const { id: SecretId } = await aSecret(api());
    const ClientRequestToken = await aVersion(api(), SecretId, 'mine', ['mine']);
    const clash = api().updateSecret({ SecretId, ClientRequestToken, SecretString: 'other' });
    await expect(clash).rejects.toMatchObject({ name: 'ResourceExistsException' });
  });

  it('refuses both kinds of value at once', async () => {
    const { id: SecretId } = await aSecret(api());
    const both = api().updateSecret({ SecretId, SecretString: 'x', SecretBinary: Buffer.from('x') });
    await expect(both).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('does not find a secret that does not exist', async () => {
    const lost = api().updateSecret({ SecretId: 'contract/nobody', Description: 'x' });
    await expect(lost).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
