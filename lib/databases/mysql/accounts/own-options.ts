import { createHash } from 'node:crypto';
import type { Session } from '../connection/session';

/**
 * The beginning of SHOW CREATE USER: account, plugin and hash, in which two users differ rightly. MySQL writes
 * the account's name in backticks and the plugin and hash in quotes; MariaDB the same with VIA, USING, or BY
 * PASSWORD.
 */
const NAME_AND_HASH =
  /^CREATE USER `(?:[^`]|``)*`@`(?:[^`]|``)*`(?: IDENTIFIED (?:WITH|VIA) (?:'[^']*'|\w+)(?: (?:AS|USING) (?:0x[0-9A-Fa-f]+|'(?:[^'\\]|\\[\s\S]|'')*'))?| IDENTIFIED BY PASSWORD '[^']*')?/;

/** MySQL: attributes hold this service's marker, which differs always. */
const ATTRIBUTE = / (?:ATTRIBUTE|COMMENT) '[\s\S]*'$/;

/**
 * Options and default roles of the session's own account, which a user may always see (Reference Manual, "SHOW
 * CREATE USER Statement"). The text itself is no statement: servers write certificates' names unescaped in it.
 * @returns SHA-256, hexadecimal, equal for two users whose options are equal.
 */
export async function ownOptionsDigest(session: Session): Promise<string> {
  const [row] = await session.rows<Record<string, string>>(
    "reading the user's own options",
    'SHOW CREATE USER CURRENT_USER()',
  );
  const [text = ''] = Object.values(row ?? {});
  const options = text.replace(NAME_AND_HASH, '').replace(ATTRIBUTE, '');
  return createHash('sha256').update(options).digest('hex');
}
