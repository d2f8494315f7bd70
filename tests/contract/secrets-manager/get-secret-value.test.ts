import { randomUUID } from 'node:crypto';
import { describeContract } from './each-endpoint';
import { aSecret, aVersion, freshName } from './endpoint';

describeContract('S4: GetSecretValue', ({ api, it }) => {
  it('answers AWSCURRENT unless asked for another version', async () => {
    const { id, name, first } = await aSecret(api(), 'first');
    await aVersion(api(), id, 'pending', ['AWSPENDING']);
    const got = await api().getSecretValue({ SecretId: name });
    expect(got).toMatchObject({ ARN: id, Name: name, VersionId: first, SecretString: 'first' });
    expect(got.VersionStages).toEqual(['AWSCURRENT']);
    expect(got.CreatedDate).toBeInstanceOf(Date);
  });

  it('answers the version that a label, an id or both of them name', async () => {
    const { id } = await aSecret(api());
    const VersionId = await aVersion(api(), id, 'pending', ['AWSPENDING']);
    const VersionStage = 'AWSPENDING';
    for (const which of [{ VersionId }, { VersionStage }, { VersionId, VersionStage }]) {
      expect((await api().getSecretValue({ SecretId: id, ...which })).SecretString).toBe('pending');
    }
  });

  it('refuses an id and a label that do not belong together', async () => {
    const { id, first } = await aSecret(api());
    await aVersion(api(), id, 'pending', ['AWSPENDING']);
    const mixed = api().getSecretValue({ SecretId: id, VersionId: first, VersionStage: 'AWSPENDING' });
    await expect(mixed).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: 'You provided a VersionStage that is not associated to the provided VersionId.',
    });
  });

  it('does not find a label that no version bears', async () => {
    const { id } = await aSecret(api());
    const absent = api().getSecretValue({ SecretId: id, VersionStage: 'AWSPENDING' });
    await expect(absent).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret value for staging label: AWSPENDING",
    });
  });

  it('does not find a version that does not exist', async () => {
    const { id } = await aSecret(api());
    const VersionId = randomUUID();
    await expect(api().getSecretValue({ SecretId: id, VersionId })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Secrets Manager can't find the specified secret value for VersionId: ${VersionId}`,
    });
  });

  it('does not find the value of a secret that has none', async () => {
    const { ARN } = await api().createSecret({ Name: freshName() });
    await expect(api().getSecretValue({ SecretId: ARN })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    });
  });

  it('still reads a version without any label by its id', async () => {
    const { id } = await aSecret(api());
    const VersionId = await aVersion(api(), id, 'abandoned', ['AWSPENDING']);
    await aVersion(api(), id, 'pending', ['AWSPENDING']);
    expect((await api().getSecretValue({ SecretId: id, VersionId })).SecretString).toBe('abandoned');
  });

  it('gives bytes back as they were stored', async () => {
    const SecretBinary = Uint8Array.from([0, 255, 16, 128]);
    const { ARN } = await api().createSecret({ Name: freshName(), SecretBinary });
    const got = await api().getSecretValue({ SecretId: ARN });
    expect(Array.from(got.SecretBinary ?? [])).toEqual(Array.from(SecretBinary));
    expect(got.SecretString).toBeUndefined();
  });
});
