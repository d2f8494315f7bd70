import { describeContract } from './each-endpoint';

const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

describeContract('GetRandomPassword', ({ api, it }) => {
  const draw = async (request: Parameters<ReturnType<typeof api>['getRandomPassword']>[0]) =>
    (await api().getRandomPassword(request)).RandomPassword ?? '';

  it('draws 32 characters with each class among them', async () => {
    const password = await draw({});
    expect(password).toHaveLength(32);
    for (const kind of [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z\d]/]) expect(password).toMatch(kind);
  });

  it('has every required class also in the shortest password that can hold them', async () => {
    for (let drawn = 0; drawn < 20; drawn += 1) {
      const password = await draw({ PasswordLength: 4 });
      for (const kind of [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z\d]/]) expect(password).toMatch(kind);
    }
  });

  it('never draws an excluded character', async () => {
    const password = await draw({ PasswordLength: 4096, ExcludeCharacters: '/@"\'\\' });
    expect(password).toHaveLength(4096);
    expect(password).not.toMatch(/[/@"'\\]/);
  });

  it('draws every character of the alphabet sooner or later', async () => {
    const password = await draw({ PasswordLength: 4096 });
    for (const character of `AZaz09${PUNCTUATION}`) expect(password).toContain(character);
    expect(password).not.toContain(' ');
  });

  it('leaves out excluded classes and admits the space when asked to', async () => {
    const rules = { ExcludeNumbers: true, ExcludePunctuation: true, ExcludeUppercase: true };
    expect(await draw({ ...rules, PasswordLength: 300 })).toMatch(/^[a-z]{300}$/);
    expect(await draw({ ...rules, PasswordLength: 2000, IncludeSpace: true })).toMatch(
      /^(?=.* )[a-z ]{2000}$/,
    );
  });

  it('refuses exclusions that leave no character at all', async () => {
    const everything = { ExcludeNumbers: true, ExcludePunctuation: true, ExcludeUppercase: true };
    await expect(draw({ ...everything, ExcludeLowercase: true })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('refuses to require a class whose characters are all excluded', async () => {
    const rules = { ExcludeCharacters: '0123456789' };
    await expect(draw(rules)).rejects.toMatchObject({ name: 'InvalidRequestException' });
    expect(await draw({ ...rules, RequireEachIncludedType: false })).toMatch(/^\D{32}$/);
  });

  it('refuses a length too short for the required classes', async () => {
    await expect(draw({ PasswordLength: 3 })).rejects.toMatchObject({ name: 'InvalidParameterException' });
    expect(await draw({ PasswordLength: 3, RequireEachIncludedType: false })).toHaveLength(3);
  });

  for (const PasswordLength of [0, 4097]) {
    it(`refuses a length of ${PasswordLength}`, async () => {
      await expect(draw({ PasswordLength })).rejects.toMatchObject({
        name: expect.stringMatching(/^(InvalidParameter|Validation)Exception$/) as string,
      });
    });
  }
});
