import { DatabaseBusyError, PasswordPolicyError } from '../../../errors';
import type { Session } from '../connection/session';
import type { Statement } from '../connection/statement';

/** ER_CANNOT_USER: on MariaDB any reason, which only SHOW WARNINGS tells; on MySQL the account is there, or is not. */
const CANNOT_USER = 1396;
/** ER_NOT_VALID_PASSWORD: a plugin or component that validates passwords. */
const NOT_VALID = 1819;
/** ER_CREDENTIALS_CONTRADICT_TO_HISTORY: PASSWORD HISTORY or PASSWORD REUSE INTERVAL. MySQL. */
const IN_HISTORY = 3638;
/** ER_OPTION_PREVENTS_STATEMENT, as a warning: strict_password_validation takes passwords only, no hashes. MariaDB. */
const NO_HASHES = 1290;

/** The plugin that refused, as MariaDB writes it at the end of its message. */
const PLUGIN = /\((\w+)\)$/;

interface Warning {
  code: number;
  plugin: string | undefined;
}

/** Why the session's last statement was refused. Of the server's text only a plugin's name is kept. */
async function readWarnings(session: Session): Promise<Warning[]> {
  const rows = await session.rows<{ Code: number | string; Message: string }>(
    'asking why it was refused',
    'SHOW WARNINGS',
  );
  return rows.map(({ Code: code, Message: message }) => ({
    code: Number(code),
    plugin: PLUGIN.exec(message)?.[1],
  }));
}

const ANOTHER =
  'set PASSWORD_LENGTH or EXCLUDE_CHARACTERS if it is a rule for their form, and take the label AWSPENDING away, so that another is made';

/**
 * Sends a statement that gives accounts a password.
 * @throws {PasswordPolicyError} when the server refuses the password itself, by a rule that cannot be read beforehand.
 * @throws {DatabaseBusyError} when accounts or settings were changed meanwhile: the next attempt reads them again.
 */
export async function runSettingPassword(session: Session, statement: Statement): Promise<void> {
  const refused = await session.attempt(statement, [CANNOT_USER, NOT_VALID, IN_HISTORY]);
  if (refused === undefined) return;
  const warnings = await readWarnings(session);
  const codes = new Set([refused, ...warnings.map(({ code }) => code)]);
  if (codes.has(NOT_VALID)) {
    const plugin = warnings.find(
      ({ code, plugin: name }) => code === NOT_VALID && name !== undefined,
    )?.plugin;
    const rule = plugin === undefined ? 'password validation' : `plugin ${plugin}`;
    throw new PasswordPolicyError(
      `${statement.label}: the server's ${rule} refuses the password (ER_NOT_VALID_PASSWORD): ${ANOTHER}`,
    );
  }
  if (codes.has(IN_HISTORY)) {
    throw new PasswordPolicyError(
      `${statement.label}: the account had this password before (ER_CREDENTIALS_CONTRADICT_TO_HISTORY): ${ANOTHER}`,
    );
  }
  if (codes.has(NO_HASHES)) {
    throw new DatabaseBusyError(
      `${statement.label}: the server takes no hashes any more (strict_password_validation was changed meanwhile)`,
    );
  }
  throw new DatabaseBusyError(
    `${statement.label}: an account was created or dropped meanwhile (ER_CANNOT_USER)`,
  );
}
