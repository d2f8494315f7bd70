/**
 * The one place where a name or a text becomes a part of a statement. A value in a SELECT becomes a hex literal, which
 * means the same whatever the session is like. Account statements take names, and most texts, in quotes only (tried on
 * MySQL 9.7, MariaDB 10.11 and 11.8: MySQL takes a hash as hex, MariaDB nothing), so there the session's pinned
 * character set and sql_mode fix the meaning (see pinned-session.ts).
 */
import { UnexpectedError } from '../../../errors';

/** An identifier: a database, table, column or privilege's object. A database pattern keeps its escapes. */
export function quoteName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** `user`@`host`; account names may be quoted as identifiers, which leaves the backslash without a meaning. */
export function quoteAccount(username: string, host: string): string {
  return `${quoteName(username)}@${quoteName(host)}`;
}

/** A text as bytes, where a server takes them. */
export function hexBytes(text: string): string {
  return `X'${Buffer.from(text, 'utf8').toString('hex')}'`;
}

/**
 * A statement with its values, one for each `?`. None of them stands in quotes: in a character set such as gbk a byte of
 * a text can join the backslash that a driver writes before a quote, and the text ends where its writer wants.
 * @throws {UnexpectedError} when there are more or fewer values than places.
 */
export function withValues(sql: string, values: readonly string[]): string {
  const [first = '', ...rest] = sql.split('?');
  if (rest.length !== values.length)
    throw new UnexpectedError(`a statement has ${rest.length} places for ${values.length} values`);
  return rest.reduce((text, part, place) => `${text}_utf8mb4 ${hexBytes(values[place] ?? '')}${part}`, first);
}

/** A text literal, for clauses that take nothing else. */
export function quoteText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** A database name as a pattern that matches only itself: `_` and `%` are wildcards in GRANT ... ON db.*. */
export function literalPattern(database: string): string {
  return database.replaceAll(/[\\_%]/g, String.raw`\$&`);
}
