import { quote, quoteAt } from './shape';
import type { ShapeServer } from './shape-server';

/**
 * An oracle that shares no code with lib/: everything the server keeps and prints about a user, as texts in which
 * the user's name is replaced, so that two users are the same exactly when their texts are.
 */

type Row = Record<string, unknown>;

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

/** Columns that are not a right or an option: secrets, dates, who granted, and what is never copied. */
const LEFT_ASIDE = new Set([
  'authentication_string',
  'password_last_changed',
  'password_expired',
  'account_locked',
  'Timestamp',
  'Grantor',
]);

const MARKER_PATH = String.raw`$.metadata."stepwise-rotation"`;

function readRows(server: ShapeServer, table: string, column: string, username: string): Promise<Row[]> {
  const columns =
    table === 'user'
      ? `*, CAST(JSON_REMOVE(User_attributes, '${MARKER_PATH}', '$.additional_password') AS CHAR) AS User_attributes`
      : '*';
  return server.rows(`SELECT ${columns} FROM mysql.${table} WHERE ${column} = ?`, [username]);
}

const plain = (value: unknown): unknown => (Buffer.isBuffer(value) ? value.toString('utf8') : value);

/** MySQL's attributes as text, in which an empty object is none. */
function attributesText(value: unknown): string {
  const text = typeof value === 'string' ? value : '';
  return text.replace(/(, )?"metadata": \{\}(, )?/, (_, before = '', after = '') =>
    before !== '' && after !== '' ? ', ' : '',
  );
}

/** MariaDB's JSON without secrets; a value that says nothing counts as absent. */
function privText(value: unknown): string {
  const priv = JSON.parse(String(value)) as Row;
  const says = Object.entries(priv).filter(
    ([key, item]) =>
      !LEFT_ASIDE.has(key) &&
      (key === 'password_lifetime' ? item !== -1 : item !== 0 && item !== '' && item !== false),
  );
  return JSON.stringify(Object.fromEntries(says.sort(([a], [b]) => (a < b ? -1 : 1))));
}

function rowText(table: string, column: string, row: Row): string {
  const cells = Object.entries(row)
    .filter(([name]) => !LEFT_ASIDE.has(name) && name !== column)
    .map(([name, value]) => {
      if (name === 'User_attributes') return `${name}=${attributesText(value).replace(/^\{\}$/, '')}`;
      if (name === 'Priv') return `${name}=${privText(value)}`;
      return `${name}=${String(plain(value) ?? 'null')}`;
    });
  return `${table}: ${cells.join(' ')}`;
}

const NAME = '`(?:[^`]|``)*`';
const COLUMNS = new RegExp(String.raw`\((${NAME}(?:, ?${NAME})*)\)`, 'g');
const ROLES = new RegExp(`^GRANT (${NAME}(?:@${NAME})?(?:,${NAME}(?:@${NAME})?)*) TO `);
const DYNAMIC = /^GRANT ([A-Z0-9_]+(?:,[A-Z0-9_]+)+) ON \*\.\*/;

/** Lists whose order is that of a hash table are sorted; hashes go. */
function grantText(row: string, account: string): string {
  const sorted = (list: string, item: RegExp): string => (list.match(item) ?? []).sort().join(',');
  return row
    .replace(/ IDENTIFIED (BY PASSWORD|VIA \w+ USING) '[^']*'/, ' IDENTIFIED')
    .replaceAll(account, 'USER')
    .replaceAll(account.replaceAll('`', "'"), 'USER')
    .replace(COLUMNS, (_, list: string) => `(${sorted(list, new RegExp(NAME, 'g'))})`)
    .replace(ROLES, (_, list: string) => `GRANT ${sorted(list, new RegExp(`${NAME}(?:@${NAME})?`, 'g'))} TO `)
    .replace(DYNAMIC, (_, list: string) => `GRANT ${sorted(list, /\w+/g)} ON *.*`);
}

function createText(row: string, account: string): string {
  return row
    .replace(/ (AS 0x[0-9A-F]+|AS '[^']*'|BY PASSWORD '[^']*'|(VIA \w+ )USING '[^']*')/, ' $2<hash>')
    .replaceAll(account, 'USER')
    .replace(/ ACCOUNT (UN)?LOCK/, '');
}

/** What the running server says of a user, from its memory. */
async function printed(server: ShapeServer, username: string): Promise<string[]> {
  const lines: string[] = [];
  for (const host of await server.hostsOf(username)) {
    const account = quoteAt(username, host);
    const mentioned = (await server.rows(`SHOW GRANTS FOR ${account}`)).flatMap((row) => Object.values(row));
    lines.push(...mentioned.map((row) => `at ${host}: ${grantText(String(row), account)}`));
    const [create] = (await server.rows(`SHOW CREATE USER ${account}`)).flatMap((row) => Object.values(row));
    // MariaDB writes the name with the quotes of a text, without escaping it.
    const written = server.product === 'MySQL' ? account : `${quote(username)}@${quote(host)}`;
    lines.push(`at ${host}: ${createText(String(create), written)}`);
  }
  return lines;
}

/** Everything about a user that a standby must share, one text for each fact. */
export async function describeUser(server: ShapeServer, username: string): Promise<string[]> {
  const stored = await Promise.all(
    TABLES[server.product].map(async ([table, column]) =>
      (await readRows(server, table, column, username)).map((row) => rowText(table, column, row)),
    ),
  );
  return [...stored.flat(), ...(await printed(server, username))].sort();
}

/** Everything about a user, byte for byte, hashes and dates too: equal before and after when it was never touched. */
export async function exactRows(server: ShapeServer, username: string): Promise<string> {
  const rows = await Promise.all(
    TABLES[server.product].map(([table, column]) => readRows(server, table, column, username)),
  );
  const cells = rows.flat().map((row) => Object.entries(row).map(([name, value]) => [name, plain(value)]));
  return JSON.stringify(cells.map((row) => JSON.stringify(row)).sort());
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
    [...new Set(from)].filter((text) => count(from, text) > count(other, text)).map((text) => `${what}: ${text}`);
  return [...lacking(wanted, actual, 'missing'), ...lacking(actual, wanted, 'too much')];
}
