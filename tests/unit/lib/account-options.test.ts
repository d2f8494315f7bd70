import {
  differingOptions,
  optionClauses,
  type AccountOptions,
  type PasswordPolicyOptions,
} from '../../../lib/databases/mysql/accounts/account-options';

const POLICY: PasswordPolicyOptions = {
  history: null,
  reuseInterval: null,
  requireCurrent: null,
  failedLoginAttempts: 0,
  lockTimeDays: 0,
  attributes: {},
};

const NONE: AccountOptions = {
  tls: { type: 'NONE', cipher: '', issuer: '', subject: '' },
  limits: { queries: 0, updates: 0, connections: 0, userConnections: 0 },
  passwordLifetime: null,
};

const certificate = (tls: Partial<AccountOptions['tls']>): AccountOptions => ({
  ...NONE,
  tls: { ...NONE.tls, type: 'SPECIFIED', ...tls },
});

const attributes = (value: Readonly<Record<string, unknown>>): AccountOptions => ({
  ...NONE,
  policy: { ...POLICY, attributes: value },
});

describe('the clauses of ALTER USER', () => {
  it('name every option, since an absent one would keep what was', () => {
    expect(optionClauses({ ...NONE, statementTime: 2.5 }, NONE)).toBe(
      'REQUIRE NONE WITH MAX_QUERIES_PER_HOUR 0 MAX_UPDATES_PER_HOUR 0 MAX_CONNECTIONS_PER_HOUR 0 MAX_USER_CONNECTIONS 0 MAX_STATEMENT_TIME 2.5 PASSWORD EXPIRE DEFAULT',
    );
    expect(optionClauses({ ...NONE, policy: POLICY }, NONE)).toContain(
      'PASSWORD HISTORY DEFAULT PASSWORD REUSE INTERVAL DEFAULT PASSWORD REQUIRE CURRENT DEFAULT FAILED_LOGIN_ATTEMPTS 0 PASSWORD_LOCK_TIME 0',
    );
  });

  it('require only the parts of a certificate that are set', () => {
    expect(optionClauses(certificate({ issuer: "i'" }), NONE)).toContain("REQUIRE ISSUER 'i''' WITH");
    expect(optionClauses(certificate({ cipher: 'c', subject: 's' }), NONE)).toContain(
      "REQUIRE CIPHER 'c' AND SUBJECT 's' WITH",
    );
  });

  it('quote a subject that is SQL', () => {
    const subject = "/CN=a' ACCOUNT LOCK COMMENT 'pwned";

    expect(optionClauses(certificate({ subject }), NONE)).toContain(
      "REQUIRE SUBJECT '/CN=a'' ACCOUNT LOCK COMMENT ''pwned' WITH",
    );
  });

  it.each([
    [null, 'PASSWORD EXPIRE DEFAULT'],
    [0, 'PASSWORD EXPIRE NEVER'],
    [40, 'PASSWORD EXPIRE INTERVAL 40 DAY'],
  ])('say that a password lives %s days', (passwordLifetime, clause) => {
    expect(optionClauses({ ...NONE, passwordLifetime }, NONE)).toContain(clause);
  });

  it.each([
    [true, 'PASSWORD REQUIRE CURRENT FAILED'],
    [false, 'PASSWORD REQUIRE CURRENT OPTIONAL FAILED'],
    [null, 'PASSWORD REQUIRE CURRENT DEFAULT FAILED'],
  ])('say whether the current password is asked for: %s', (requireCurrent, clause) => {
    expect(optionClauses({ ...NONE, policy: { ...POLICY, requireCurrent } }, NONE)).toContain(clause);
  });

  it('lock for ever', () => {
    const policy = { ...POLICY, history: 3, reuseInterval: 4, failedLoginAttempts: 1, lockTimeDays: -1 };

    expect(optionClauses({ ...NONE, policy }, NONE)).toContain(
      'PASSWORD HISTORY 3 PASSWORD REUSE INTERVAL 4 DAY PASSWORD REQUIRE CURRENT DEFAULT FAILED_LOGIN_ATTEMPTS 1 PASSWORD_LOCK_TIME UNBOUNDED',
    );
  });

  it.each([
    ['a new key', {}, { a: 1 }, { a: 1 }],
    ['a key too many', { a: 1, b: 2 }, { a: 1 }, { a: 1, b: null }],
    ['a nested key too many', { a: { b: 1, c: 2 } }, { a: { b: 1 } }, { a: { b: 1, c: null } }],
    ['an object in place of a value', { a: 1 }, { a: { b: 1 } }, { a: { b: 1 } }],
    ['a value in place of an object', { a: { b: 1 } }, { a: [1, { b: null }] }, { a: [1, { b: null }] }],
    [
      'a key that every object has',
      { constructor: 1, toString: 2 },
      {},
      { constructor: null, toString: null },
    ],
  ])('patch attributes for %s', (_, actual, wanted, patch) => {
    const [, json = ''] =
      /ATTRIBUTE '(.*)'$/.exec(optionClauses(attributes(wanted), attributes(actual))) ?? [];

    expect(JSON.parse(json)).toEqual(patch);
  });

  it('leave attributes alone that are as they should be', () => {
    expect(optionClauses(attributes({ a: { b: 1, c: 2 } }), attributes({ a: { c: 2, b: 1 } }))).not.toContain(
      'ATTRIBUTE',
    );
  });
});

describe('options that differ', () => {
  it('are named', () => {
    const other: AccountOptions = {
      ...certificate({ subject: 's' }),
      limits: { ...NONE.limits, updates: 1 },
      passwordLifetime: 0,
      policy: { ...POLICY, history: 0, lockTimeDays: -1, attributes: { a: 1 } },
    };

    expect(differingOptions(other, { ...NONE, policy: POLICY })).toEqual([
      'REQUIRE',
      'resource limits',
      'PASSWORD EXPIRE',
      'PASSWORD HISTORY',
      'FAILED_LOGIN_ATTEMPTS',
      'ATTRIBUTE',
    ]);
  });

  it('are not told apart by the order of keys', () => {
    expect(
      differingOptions(attributes({ a: 1, b: [{ c: 1, d: 2 }] }), attributes({ b: [{ d: 2, c: 1 }], a: 1 })),
    ).toEqual([]);
  });
});
