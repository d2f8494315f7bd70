import { createText, grantText, plain, rowText, type Row } from './account-texts';
import { quoteAt } from './shape';
import type { ShapeServer } from './shape-server';

/**
 * An oracle that shares no code with lib/: everything the server keeps and prints about a user, as texts in which
 * the user's name is replaced, so that two users are the same exactly when their texts are.
 */

/** Grant tables with the column that names the user. */
const TABLES: Record<ShapeServer['product'], readonly (readonly [table: string, column: string])[]> = {
  MySQL: [
    ['user', 'User'],
    ['db', 'User'],
    ['tables_priv', 'User'],
    ['columns_priv', 'User'],
    ['procs_priv', 'User'],
    ['proxies_priv', 'User'],
    ['global_grants', 'USER'],
    ['role_edges', 'TO_USER'],
    ['default_roles', 'USER'],
  ],
  MariaDB: [
    ['global_priv', 'User'],
    ['db', 'User'],
    ['tables_priv', 'User'],
    ['columns_priv', 'User'],
    ['procs_priv', 'User'],
    ['proxies_priv', 'User'],
    ['roles_mapping', 'User'],
  ],
};

/** MySQL's attributes as text: numbers in them would not survive JavaScript. Restrictions have an order that means nothing. */
const ATTRIBUTES = [
  `CAST(JSON_REMOVE(User_attributes, '$.metadata."stepwise-rotation"', '$.additional_password', '$.Restrictions') AS CHAR) AS User_attributes`,
  `CAST(JSON_EXTRACT(User_attributes, '$.Restrictions[*]') AS CHAR) AS Restrictions`,
].join(', ');

/** The rows of every grant table. */
async function readTables(
  server: ShapeServer,
  username: string,
): Promise<(readonly [string, string, Row])[]> {
  const tables = TABLES[server.product];
  const queries = tables.map(
    ([table, column]) =>
      `SELECT ${table === 'user' ? `*, ${ATTRIBUTES}` : '*'} FROM mysql.${table} WHERE ${column} = ?`,
  );
  const results = await server.rowsOfEach(queries, username);
  return tables.flatMap(([table, column], index) =>
    (results[index] ?? []).map((row) => [table, column, row] as const),
  );
}

/** What the running server says of a user, from its memory. */
async function printed(server: ShapeServer, username: string): Promise<string[]> {
  const lines: string[] = [];
  for (const host of await server.hostsOf(username)) {
    const account = quoteAt(username, host);
    for (const row of await server.rows(`SHOW GRANTS FOR ${account}`)) {
      lines.push(...Object.values(row).map((text) => `at ${host}: ${grantText(String(text), account)}`));
    }
    for (const row of await server.rows(`SHOW CREATE USER ${account}`)) {
      // MariaDB adds an ALTER USER when the password has expired, which is never copied.
      const texts = Object.values(row)
        .map(String)
        .filter((text) => text.startsWith('CREATE USER '));
      lines.push(...texts.map((text) => `at ${host}: ${createText(text, account)}`));
    }
  }
  return lines;
}

/** Everything about a user that a standby must share, one text for each fact. */
export async function describeUser(server: ShapeServer, username: string): Promise<string[]> {
  const stored = (await readTables(server, username)).flatMap((row) => rowText(...row));
  return [...stored, ...(await printed(server, username))].sort();
}

/** Everything about a user, byte for byte, hashes and dates too: equal before and after when it was never touched. */
export async function exactRows(server: ShapeServer, username: string): Promise<string> {
  const rows = (await readTables(server, username)).map(([table, , row]) =>
    JSON.stringify([table, ...Object.entries(row).map(([name, value]) => [name, plain(value)])]),
  );
  return JSON.stringify(rows.sort());
}

/** Whether no account of a user can be used, or it has none. */
export async function isLocked(server: ShapeServer, username: string): Promise<boolean> {
  const rows = await server.rows(
    server.product === 'MySQL'
      ? "SELECT account_locked = 'Y' AS locked FROM mysql.user WHERE User = ?"
      : "SELECT JSON_VALUE(Priv, '$.account_locked') IN ('true', '1') AS locked FROM mysql.global_priv WHERE User = ?",
    [username],
  );
  return rows.every(({ locked }) => Number(locked) === 1);
}

/** The stored hashes by host. */
export async function hashesOf(server: ShapeServer, username: string): Promise<string> {
  const rows = await server.rows(
    server.product === 'MySQL'
      ? 'SELECT Host, HEX(authentication_string) AS hash FROM mysql.user WHERE User = ? ORDER BY Host'
      : "SELECT Host, JSON_VALUE(Priv, '$.authentication_string') AS hash FROM mysql.global_priv WHERE User = ? ORDER BY Host",
    [username],
  );
  return JSON.stringify(rows);
}

/** @returns what the one has and the other has not, in words */
export function differencesBetween(wanted: readonly string[], actual: readonly string[]): string[] {
  const count = (texts: readonly string[], text: string) => texts.filter((other) => other === text).length;
  const lacking = (from: readonly string[], other: readonly string[], what: string) =>
    [...new Set(from)]
      .filter((text) => count(from, text) > count(other, text))
      .map((text) => `${what}: ${text}`);
  return [...lacking(wanted, actual, 'missing'), ...lacking(actual, wanted, 'too much')];
}
