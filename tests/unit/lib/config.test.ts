import { readConfig } from '../../../lib/config';

const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:master-AbCdEf';
const [APP, OTHER] = ['app', 'other'].map((name) => ARN.replace('master', name)) as [string, string];
const read = (settings: Record<string, string> = {}) => readConfig({ MASTER_SECRET_ARN: ARN, ...settings });
const OTHER_ARN = ARN.replace('master', 'other');

describe('the settings', () => {
  it('need no more than a master', () => {
    expect(read()).toEqual({
      masterSecretArns: [ARN],
      appUsers: undefined,
      usernameSuffix: '_clone',
      passwordLength: 32,
      excludeCharacters: '/@"\'\\',
      caBundlePath: undefined,
      endpoints: [],
      allowPlaintextFallback: false,
      initialSetup: 'never',
      privilegedUsers: [],
      missingRights: [],
      repairs: [],
      takeovers: [],
      appSecretArns: [],
    });
  });

  it('are as without them when they are empty', () => {
    const names = [
      'APP_USER_1',
      'APP_USER_2',
      'USERNAME_SUFFIX',
      'PASSWORD_LENGTH',
      'EXCLUDE_CHARACTERS',
      'DB_CA_BUNDLE_PATH',
      'DB_ENDPOINTS',
      'DB_ALLOW_PLAINTEXT_FALLBACK',
      'ALLOW_INITIAL_SETUP',
      'ALLOW_PRIVILEGED_USERS',
    ];
    expect(read(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(read());
  });

  it.each([
    [{ MASTER_SECRET_ARN: ` ${ARN} , ,${OTHER_ARN} ` }, { masterSecretArns: [ARN, OTHER_ARN] }],
    [
      { APP_USER_1: 'one', APP_USER_2: 'two' },
      { appUsers: ['one', 'two'], initialSetup: 'any' },
    ],
    [
      { APP_USER_1: 'one', APP_USER_2: 'two', ALLOW_INITIAL_SETUP: 'shop' },
      { appUsers: ['one', 'two'], initialSetup: ['shop'] },
    ],
    [{ ALLOW_INITIAL_SETUP: 'true' }, { initialSetup: 'any' }],
    [{ ALLOW_INITIAL_SETUP: 'false' }, { initialSetup: 'never' }],
    [{ ALLOW_INITIAL_SETUP: 'shop, Blog' }, { initialSetup: ['shop', 'Blog'] }],
    [{ PASSWORD_LENGTH: '8' }, { passwordLength: 8 }],
    [{ PASSWORD_LENGTH: '256' }, { passwordLength: 256 }],
    [
      { DB_ENDPOINTS: 'DB:1, 10.0.0.1:65535' },
      {
        endpoints: [
          { host: 'db', port: 1 },
          { host: '10.0.0.1', port: 65_535 },
        ],
      },
    ],
    [{ DB_ALLOW_PLAINTEXT_FALLBACK: 'true' }, { allowPlaintextFallback: true }],
    [{ ALLOW_REPAIR: ` ${APP}, ${OTHER}` }, { repairs: [APP, OTHER] }],
    [{ ALLOW_TAKEOVER: `${APP}=shop_clone,${APP}=a=b` }, { takeovers: [`${APP}=shop_clone`, `${APP}=a=b`] }],
    [
      { APP_SECRET_ARNS: APP, ALLOW_REPAIR: APP },
      { appSecretArns: [APP], repairs: [APP] },
    ],
    [{ ALLOW_PRIVILEGED_USERS: 'dba,ops' }, { privilegedUsers: ['dba', 'ops'] }],
  ])('%j are read as %j', (settings, expected) => {
    expect(read(settings)).toMatchObject(expected);
  });

  it('forbid an initial setup also to a pair when they say so', () => {
    expect(read({ APP_USER_1: 'one', APP_USER_2: 'two', ALLOW_INITIAL_SETUP: 'false' })).toMatchObject({
      initialSetup: 'never',
    });
  });

  it.each([
    [{ MASTER_SECRET_ARN: '' }, /^MASTER_SECRET_ARN environment variable is not set$/],
    [{ APP_USER_1: 'one' }, /^APP_USER_2 environment variable is not set/],
    [{ APP_USER_2: 'one' }, /^APP_USER_1 environment variable is not set/],
    [{ APP_USER_1: 'one', APP_USER_2: 'one' }, /^APP_USER_1 and APP_USER_2 are equal/],
    [{ PASSWORD_LENGTH: '-8' }, /^PASSWORD_LENGTH expected/],
    [{ DB_ENDPOINTS: 'a:1,b' }, /^DB_ENDPOINTS expected/],
    [
      { ALLOW_REPAIR: 'true' },
      /^ALLOW_REPAIR expected the whole ARNs .* a flag no more, so write those ARNs/,
    ],
    [{ ALLOW_REPAIR: 'false' }, /^ALLOW_REPAIR expected the whole ARNs/],
    [{ ALLOW_REPAIR: `${APP},shop/app` }, /^ALLOW_REPAIR expected the whole ARNs/],
    [{ ALLOW_TAKEOVER: APP }, /^ALLOW_TAKEOVER expected <whole ARN of a secret>=<user name>/],
    [{ ALLOW_TAKEOVER: 'shop_clone' }, /^ALLOW_TAKEOVER expected <whole ARN of a secret>=<user name>/],
    [{ APP_SECRET_ARNS: APP, ALLOW_REPAIR: OTHER }, /^ALLOW_REPAIR expected secrets that APP_SECRET_ARNS/],
    [{ APP_SECRET_ARNS: APP, ALLOW_TAKEOVER: `${OTHER}=x` }, /^ALLOW_TAKEOVER expected secrets that APP_SEC/],
    [{ DB_ALLOW_PLAINTEXT_FALLBACK: 'TRUE' }, /^DB_ALLOW_PLAINTEXT_FALLBACK expected/],
  ])('%j are refused by name', (settings, message) => {
    expect(() => read(settings)).toThrow(
      expect.objectContaining({
        name: 'ConfigurationError',
        message: expect.stringMatching(message) as unknown,
      }) as Error,
    );
  });
});
