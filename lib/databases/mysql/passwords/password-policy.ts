import { PasswordPolicyError } from '../../../errors';
import type { Session } from '../connection/session';

/**
 * The server's own rules for passwords. A hash that we made passes them by, so they are read and judged here,
 * never by a statement that holds the password (Reference Manual, "The Password Validation Component").
 */
interface Rule {
  /** The setting, as SHOW VARIABLES names it. */
  variable: string;
  holds: boolean;
  expected: string;
}

const count = (password: string, characters: RegExp): number =>
  Array.from(password.matchAll(characters)).length;

/** MySQL: the component writes `validate_password.length`, the older plugin `validate_password_length`. */
function mysqlRules(settings: ReadonlyMap<string, string>, username: string, password: string): Rule[] {
  const find = (name: string): [variable: string, value: string] | undefined => {
    const variable = [`validate_password.${name}`, `validate_password_${name}`].find((key) =>
      settings.has(key),
    );
    return variable === undefined ? undefined : [variable, settings.get(variable) ?? ''];
  };
  const atLeast = (name: string, found: number, what: string): Rule[] => {
    const [variable, value] = find(name) ?? [];
    if (variable === undefined) return [];
    return [{ variable, holds: found >= Number(value), expected: `${value} ${what} or more` }];
  };
  const policy = find('policy')?.[1].toUpperCase();
  const isStrict = policy !== undefined && policy !== 'LOW' && policy !== '0';
  const checksName = find('check_user_name');
  const reversed = Array.from(username).reverse().join('');
  return [
    ...atLeast('length', Array.from(password).length, 'characters'),
    ...(isStrict
      ? [
          ...atLeast('mixed_case_count', count(password, /[a-z]/g), 'lower case letters'),
          ...atLeast('mixed_case_count', count(password, /[A-Z]/g), 'upper case letters'),
          ...atLeast('number_count', count(password, /[0-9]/g), 'digits'),
          ...atLeast('special_char_count', count(password, /[^a-zA-Z0-9]/g), 'special characters'),
        ]
      : []),
    ...(checksName?.[1] === 'ON'
      ? [
          {
            variable: checksName[0],
            holds: password !== username && password !== reversed,
            expected: 'a password that is not the user name',
          },
        ]
      : []),
  ];
}

/** MariaDB's plugin simple_password_check. */
function mariadbRules(settings: ReadonlyMap<string, string>, password: string): Rule[] {
  const atLeast = (name: string, found: number, what: string): Rule[] => {
    const variable = `simple_password_check_${name}`;
    const value = settings.get(variable);
    return value === undefined
      ? []
      : [{ variable, holds: found >= Number(value), expected: `${value} ${what} or more` }];
  };
  return [
    ...atLeast('minimal_length', Array.from(password).length, 'characters'),
    ...atLeast('digits', count(password, /[0-9]/g), 'digits'),
    ...atLeast('letters_same_case', count(password, /[a-z]/g), 'lower case letters'),
    ...atLeast('letters_same_case', count(password, /[A-Z]/g), 'upper case letters'),
    ...atLeast('other_characters', count(password, /[^a-zA-Z0-9]/g), 'special characters'),
  ];
}

/**
 * Requires that the server would accept the password, had it seen it.
 * @throws {PasswordPolicyError} naming the rule and what to set.
 */
export async function requirePolicy(session: Session, username: string, password: string): Promise<void> {
  const rows = await session.rows<{ Variable_name: string; Value: string }>(
    'reading the password policy',
    "SHOW GLOBAL VARIABLES WHERE Variable_name LIKE 'validate\\_password%' OR Variable_name LIKE 'simple\\_password\\_check\\_%'",
  );
  const settings = new Map(rows.map(({ Variable_name: name, Value: value }) => [name, value]));
  const rules = [...mysqlRules(settings, username, password), ...mariadbRules(settings, password)];
  const broken = rules.find(({ holds }) => !holds);
  if (broken === undefined) return;
  throw new PasswordPolicyError(
    `the pending password breaks the server's rule ${broken.variable} (${broken.expected}): set PASSWORD_LENGTH or EXCLUDE_CHARACTERS accordingly and take the label AWSPENDING away, so that another is made`,
  );
}
