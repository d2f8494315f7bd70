import { randomUUID } from 'node:crypto';
import { describeContract } from './each-endpoint';
import { aSecret, aVersion, freshName, stagesOf } from './endpoint';

describeContract('S7: PutSecretValue', ({ api, it }) => {
  it('does nothing the second time with the same token and data', async () => {
    const { id, first } = await aSecret(api());
    const put = { SecretId: id, ClientRequestToken: randomUUID(), SecretString: 'new' };
    await api().putSecretValue({ ...put, VersionStages: ['AWSPENDING'] });
    const again = await api().putSecretValue({ ...put, VersionStages: ['AWSCURRENT'] });
    expect(again).toMatchObject({ VersionId: put.ClientRequestToken, VersionStages: ['AWSPENDING'] });
    expect(await stagesOf(api(), id)).toEqual({
      [first]: ['AWSCURRENT'],
      [put.ClientRequestToken]: ['AWSPENDING'],
    });
  });

  for (const [what, other] of [
    ['another text', { SecretString: 'other' }],
    ['the same text as bytes', { SecretBinary: Buffer.from('new') }],
  ] as const) {
    for (const label of ['mine', 'AWSPENDING']) {
      it(`refuses ${what} under the token of a version that is ${label}, and keeps the first`, async () => {
        const { id } = await aSecret(api());
        const token = await aVersion(api(), id, 'new', [label]);
        const clash = api().putSecretValue({ SecretId: id, ClientRequestToken: token, ...other });
        await expect(clash).rejects.toMatchObject({ name: 'ResourceExistsException' });
        expect((await api().getSecretValue({ SecretId: id, VersionId: token })).SecretString).toBe('new');
      });
    }
  }

  it('moves AWSCURRENT when no labels are given, and AWSPREVIOUS follows', async () => {
    const { id, first } = await aSecret(api());
    const { VersionId: second = '' } = await api().putSecretValue({ SecretId: id, SecretString: '2' });
    expect(await stagesOf(api(), id)).toEqual({ [first]: ['AWSPREVIOUS'], [second]: ['AWSCURRENT'] });
    const { VersionId: third = '' } = await api().putSecretValue({ SecretId: id, SecretString: '3' });
    expect(await stagesOf(api(), id)).toEqual({ [second]: ['AWSPREVIOUS'], [third]: ['AWSCURRENT'] });
  });

  it('takes AWSPENDING off the version that had it, and leaves AWSCURRENT alone', async () => {
    const { id, first } = await aSecret(api());
    await aVersion(api(), id, 'abandoned', ['AWSPENDING']);
    const pending = await aVersion(api(), id, 'pending', ['AWSPENDING']);
    expect(await stagesOf(api(), id)).toEqual({ [first]: ['AWSCURRENT'], [pending]: ['AWSPENDING'] });
  });

  it('makes the first version AWSCURRENT whatever labels are given', async () => {
    const { ARN = '' } = await api().createSecret({ Name: freshName() });
    const version = await aVersion(api(), ARN, 'first', ['AWSPENDING']);
    expect((await stagesOf(api(), ARN))[version]?.toSorted()).toEqual(['AWSCURRENT', 'AWSPENDING']);
  });

  it('S10: makes up a token of 32 to 64 characters over HTTP when the client sends none', async () => {
    const { id } = await aSecret(api());
    const { VersionId = '' } = await api().putSecretValue({ SecretId: id, SecretString: 'new' });
    expect(VersionId).toMatch(/^.{32,64}$/);
  });

  for (const length of [31, 65]) {
    it(`S10: refuses a token of ${length} characters`, async () => {
      const { id } = await aSecret(api());
      const ClientRequestToken = 'x'.repeat(length);
      await expect(
        api().putSecretValue({ SecretId: id, ClientRequestToken, SecretString: 'new' }),
      ).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: 'ClientRequestToken must be 32-64 characters long.',
      });
    });
  }

  it('S10: takes the same token for two secrets', async () => {
    const ClientRequestToken = randomUUID();
    for (const { id } of [await aSecret(api()), await aSecret(api())]) {
      const put = { SecretId: id, ClientRequestToken, SecretString: 'new', VersionStages: ['AWSPENDING'] };
      expect((await api().putSecretValue(put)).VersionId).toBe(ClientRequestToken);
    }
  });

  it('takes 65,536 bytes and refuses one more, without quoting them', async () => {
    const { id } = await aSecret(api());
    const largest = 'é'.repeat(32_768);
    await api().putSecretValue({ SecretId: id, SecretString: largest });
    const tooLarge = api().putSecretValue({ SecretId: id, SecretString: `${largest}x` });
    await expect(tooLarge).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.not.stringContaining('é') as string,
    });
  });

  it('refuses both kinds of value at once, and none', async () => {
    const { id: SecretId } = await aSecret(api());
    await expect(
      api().putSecretValue({ SecretId, SecretString: 'x', SecretBinary: Buffer.from('x') }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(api().putSecretValue({ SecretId })).rejects.toMatchObject({
      name: 'InvalidRequestException',
    });
  });
});
