/**
 * Account statements take no placeholders, so names are quoted here. Both forms are safe under the session's
 * pinned `sql_mode = ''` (see session.ts): without ANSI_QUOTES and NO_BACKSLASH_ESCAPES their meaning is fixed.
 */

/** An identifier: a database, table, column or privilege's object. A database pattern keeps its escapes. */
export function quoteName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** `user`@`host`; account names may be quoted as identifiers, which leaves the backslash without a meaning. */
export function quoteAccount(username: string, host: string): string {
  return `${quoteName(username)}@${quoteName(host)}`;
}

/** A text literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** A database name as a pattern that matches only itself: `_` and `%` are wildcards in GRANT ... ON db.*. */
export function literalPattern(database: string): string {
  return database.replaceAll(/[\\_%]/g, String.raw`\$&`);
}
