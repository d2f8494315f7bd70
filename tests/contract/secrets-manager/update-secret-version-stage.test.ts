import { randomUUID } from 'node:crypto';
import { describeContract } from './each-endpoint';
import { aSecret, aVersion, stagesOf } from './endpoint';

describeContract('S8: UpdateSecretVersionStage', ({ api, it }) => {
  async function rotatingSecret() {
    const { id, first } = await aSecret(api());
    const pending = await aVersion(api(), id, 'pending', ['AWSPENDING']);
    const move = (change: {
      VersionStage?: string;
      MoveToVersionId?: string;
      RemoveFromVersionId?: string;
    }) => api().updateSecretVersionStage({ SecretId: id, VersionStage: 'AWSCURRENT', ...change });
    return { id, first, pending, move };
  }

  it('moves AWSCURRENT, and AWSPREVIOUS follows to the version it left', async () => {
    const { id, first, pending, move } = await rotatingSecret();
    await move({ MoveToVersionId: pending, RemoveFromVersionId: first });
    expect(await stagesOf(api(), id)).toEqual({
      [first]: ['AWSPREVIOUS'],
      [pending]: ['AWSPENDING', 'AWSCURRENT'],
    });
  });

  it('moves AWSCURRENT back, so that the two labels change places', async () => {
    const { id, first, pending, move } = await rotatingSecret();
    await move({ MoveToVersionId: pending, RemoveFromVersionId: first });
    await move({ MoveToVersionId: first, RemoveFromVersionId: pending });
    const stages = await stagesOf(api(), id);
    expect(stages[first]).toEqual(['AWSCURRENT']);
    expect(stages[pending]?.toSorted()).toEqual(['AWSPENDING', 'AWSPREVIOUS']);
  });

  it('refuses to take a label from a version that the caller did not name', async () => {
    const { id, first, pending, move } = await rotatingSecret();
    const before = await stagesOf(api(), id);
    await expect(move({ MoveToVersionId: pending })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message:
        "The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is currently attached to " +
        `version ${first}, so you must explicitly reference that version in RemoveFromVersionId.`,
    });
    expect(await stagesOf(api(), id)).toEqual(before);
  });

  it('refuses when the label is no longer where the caller believes, and changes nothing', async () => {
    const { id, first, pending, move } = await rotatingSecret();
    const { VersionId: third = '' } = await api().putSecretValue({ SecretId: id, SecretString: 'third' });
    const before = await stagesOf(api(), id);
    const late = move({ MoveToVersionId: pending, RemoveFromVersionId: first });
    await expect(late).rejects.toMatchObject({ name: 'InvalidParameterException' });
    expect(await stagesOf(api(), id)).toEqual(before);
    expect(before[third]).toEqual(['AWSCURRENT']);
  });

  it('lets exactly one of many concurrent moves from the same version win', async () => {
    const { id, first, move } = await rotatingSecret();
    const rivals = await Promise.all(
      ['a', 'b', 'c', 'd'].map((label) => aVersion(api(), id, label, [label])),
    );
    const moves = rivals.map((rival) => move({ MoveToVersionId: rival, RemoveFromVersionId: first }));
    const outcomes = await Promise.allSettled(moves);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('refuses a repeated move, because the label has left the version named', async () => {
    const { first, pending, move } = await rotatingSecret();
    await move({ MoveToVersionId: pending, RemoveFromVersionId: first });
    const again = move({ MoveToVersionId: pending, RemoveFromVersionId: first });
    await expect(again).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('accepts a move to the version that bears the label already', async () => {
    const { id, first, move } = await rotatingSecret();
    const before = await stagesOf(api(), id);
    await move({ MoveToVersionId: first });
    expect(await stagesOf(api(), id)).toEqual(before);
  });

  it('removes AWSPENDING, which leaves the version deprecated but readable', async () => {
    const { id, first, pending, move } = await rotatingSecret();
    await move({ VersionStage: 'AWSPENDING', RemoveFromVersionId: pending });
    expect(await stagesOf(api(), id)).toEqual({ [first]: ['AWSCURRENT'] });
    const got = await api().getSecretValue({ SecretId: id, VersionId: pending });
    expect(got.SecretString).toBe('pending');
  });

  it('refuses to remove a label from a version that does not bear it', async () => {
    const { first, move } = await rotatingSecret();
    const removal = move({ VersionStage: 'AWSPENDING', RemoveFromVersionId: first });
    await expect(removal).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('refuses to remove AWSCURRENT without a move', async () => {
    const { id, first, pending, move } = await rotatingSecret();
    await expect(move({ RemoveFromVersionId: first })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    expect(await stagesOf(api(), id)).toEqual({ [first]: ['AWSCURRENT'], [pending]: ['AWSPENDING'] });
  });

  it('attaches a label of the caller that no version bears yet', async () => {
    const { id, first, move } = await rotatingSecret();
    await move({ VersionStage: 'release-7', MoveToVersionId: first });
    expect((await stagesOf(api(), id))[first]).toEqual(['AWSCURRENT', 'release-7']);
  });

  it('does not find a version that does not exist', async () => {
    const { first, move } = await rotatingSecret();
    const lost = move({ MoveToVersionId: randomUUID(), RemoveFromVersionId: first });
    await expect(lost).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('refuses a request that names no version at all', async () => {
    const { move } = await rotatingSecret();
    await expect(move({})).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});
