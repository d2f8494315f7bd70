import { standbyUser } from '../../../lib/rotation/standby-user';

const suffix = { appUsers: undefined, usernameSuffix: '_clone' };
const pair = { appUsers: ['blue', 'green'] as const, usernameSuffix: '_clone' };

describe('the standby of', () => {
  it.each([
    ['app', suffix, 'app_clone'],
    ['app_clone', suffix, 'app'],
    ['app_clone_clone', suffix, 'app_clone'],
    ['_clone_app', suffix, '_clone_app_clone'],
    ['APP_CLONE', suffix, 'APP_CLONE_clone'],
    ['app', { ...suffix, usernameSuffix: '_rt' }, 'app_rt'],
    ['app_rt', { ...suffix, usernameSuffix: '_rt' }, 'app'],
    ['blue', pair, 'green'],
    ['green', pair, 'blue'],
  ])('%s is derived, with %j as %s', (current, naming, standby) => {
    expect(standbyUser(current, 'mysql', naming)).toBe(standby);
  });

  it.each([
    ['_clone', suffix],
    ['red', pair],
    ['Blue', pair],
    ['blue_clone', pair],
  ])('%s cannot be derived with %j', (current, naming) => {
    expect(() => standbyUser(current, 'mysql', naming)).toThrow(
      expect.objectContaining({ name: 'UserMismatchError' }) as Error,
    );
  });

  it.each([
    ['app', { ...suffix, usernameSuffix: ' ' }],
    ['app', { appUsers: ['app', 'app '] as const, usernameSuffix: '' }],
    [' app', suffix],
    ['app\t', suffix],
  ])('%j with %j would be another on a server, which takes blanks off', (current, naming) => {
    expect(() => standbyUser(current, 'mysql', naming)).toThrow(/begins or ends with a blank/);
  });

  it.each([
    ['mysql', 26, true],
    ['mysql', 27, false],
    ['aurora-mysql', 27, false],
    ['aurora', 27, false],
    ['MySQL', 27, false],
    ['mariadb', 122, true],
    ['mariadb', 123, false],
  ])('a name on %s with %i characters fits: %s', (engine, length, fits) => {
    for (const character of ['u', 'ü', '資', '😀']) {
      const derive = () => standbyUser(character.repeat(length), engine, suffix);
      if (fits) expect(derive()).toBe(`${character.repeat(length)}_clone`);
      else expect(derive).toThrow(expect.objectContaining({ name: 'UserNameTooLongError' }) as Error);
    }
  });

  it('a current user that is itself too long is refused, although its standby is shorter', () => {
    expect(() => standbyUser(`${'u'.repeat(27)}_clone`, 'mysql', suffix)).toThrow(/has 33 characters/);
  });
});
