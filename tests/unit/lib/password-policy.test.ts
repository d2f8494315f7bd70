import { requirePolicy } from '../../../lib/databases/mysql/passwords/password-policy';
import type { Session } from '../../../lib/databases/mysql/connection/session';

const STRICT = {
  'validate_password.policy': 'MEDIUM',
  'validate_password.length': '12',
  'validate_password.mixed_case_count': '2',
  'validate_password.number_count': '2',
  'validate_password.special_char_count': '2',
  'validate_password.check_user_name': 'ON',
};

/** A server with these settings, and no other answer. */
function sessionWith(settings: Readonly<Record<string, string>>): Session {
  const rows = Object.entries(settings).map(([name, value]) => ({ Variable_name: name, Value: value }));
  return {
    isEncrypted: true,
    variables: new Map(),
    rows: <Row>() => Promise.resolve(rows as Row[]),
    run: () => Promise.reject(new Error('no statement may hold the password')),
    attempt: () => Promise.reject(new Error('no statement may hold the password')),
  };
}

async function judge(settings: Readonly<Record<string, string>>, password: string): Promise<string> {
  try {
    await requirePolicy(sessionWith(settings), 'zoë-q', password);
    return 'kept';
  } catch (error) {
    expect(error).toMatchObject({ name: 'PasswordPolicyError' });
    expect((error as Error).message).not.toContain(password);
    return /rule ([\w.]+)/.exec((error as Error).message)?.[1] ?? '';
  }
}

describe('the password rules of MySQL', () => {
  it.each([
    ['ABcd12!?xxxx', 'kept'],
    ['ABcd12!?xxx', 'validate_password.length'],
    ['Abcd12!?xxxx', 'validate_password.mixed_case_count'],
    ['ABCD12!?XXXx', 'validate_password.mixed_case_count'],
    ['ABcd1x!?xxxx', 'validate_password.number_count'],
    ['ABcd12!xxxxx', 'validate_password.special_char_count'],
  ])('judge %s: %s', async (password, expected) => {
    expect(await judge(STRICT, password)).toBe(expected);
  });

  it.each(['LOW', '0'])('look at nothing but length and user name with the policy %s', async (policy) => {
    const settings = { ...STRICT, 'validate_password.policy': policy, 'validate_password.length': '4' };

    expect(await judge(settings, 'aaaa')).toBe('kept');
    expect(await judge(settings, 'aaa')).toBe('validate_password.length');
    expect(await judge(settings, 'zoë-q')).toBe('validate_password.check_user_name');
    expect(await judge(settings, 'q-ëoz')).toBe('validate_password.check_user_name');
    expect(await judge({ ...settings, 'validate_password.check_user_name': 'OFF' }, 'zoë-q')).toBe('kept');
  });

  it('may come from the older plugin', async () => {
    expect(await judge({ validate_password_length: '9' }, 'x'.repeat(8))).toBe('validate_password_length');
  });

  it('count characters, not bytes', async () => {
    expect(await judge({ 'validate_password.length': '4' }, 'äöü')).toBe('validate_password.length');
  });
});

describe('the password rules of MariaDB', () => {
  const settings = {
    simple_password_check_minimal_length: '8',
    simple_password_check_digits: '1',
    simple_password_check_letters_same_case: '1',
    simple_password_check_other_characters: '1',
  };

  it.each([
    ['aA1!xxxx', 'kept'],
    ['aA1!xxx', 'simple_password_check_minimal_length'],
    ['aAx!xxxx', 'simple_password_check_digits'],
    ['aa1!xxxx', 'simple_password_check_letters_same_case'],
    ['AA1!XXXX', 'simple_password_check_letters_same_case'],
    ['aA1xxxxx', 'simple_password_check_other_characters'],
  ])('judge %s: %s', async (password, expected) => {
    expect(await judge(settings, password)).toBe(expected);
  });
});

it('a server without rules takes any password', async () => {
  expect(await judge({}, 'x')).toBe('kept');
});
