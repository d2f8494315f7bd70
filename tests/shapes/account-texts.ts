/** How rows and printed statements become texts that are equal exactly when they mean the same. */

export type Row = Record<string, unknown>;

/** Columns that are not a right or an option: secrets, dates, who granted, and what is never copied. */
const LEFT_ASIDE = new Set([
  'authentication_string',
  'password_last_changed',
  'password_expired',
  'account_locked',
  'Timestamp',
  'Grantor',
]);

export const plain = (value: unknown): unknown => (Buffer.isBuffer(value) ? value.toString('utf8') : value);

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** An empty object is as none. */
function attributesText(value: unknown): string {
  const text = typeof value === 'string' ? value : '';
  return text.replace(/"metadata": \{\}(, )?/, '').replace(/^\{\}$/, '');
}

function restrictionsText(value: unknown): string {
  const restrictions = typeof value === 'string' ? (JSON.parse(value) as unknown[]) : [];
  return restrictions
    .map((restriction) => JSON.stringify(restriction))
    .sort()
    .join(', ');
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

/** Columns with names that the server compares without regard to case. */
const FOLDED = new Set(['Column_name', 'Routine_name']);

function cellText(name: string, value: unknown): string {
  if (FOLDED.has(name)) return textOf(plain(value)).toLowerCase();
  if (name === 'User_attributes') return attributesText(value);
  if (name === 'Restrictions') return restrictionsText(value);
  return name === 'Priv' ? privText(value) : textOf(plain(value));
}

/** A privilege that is not held says nothing, and would make the text long. */
const SAYS_NOTHING = /_priv=N$|=$/;

export function rowText(table: string, column: string, row: Row): string[] {
  const cells = Object.entries(row)
    .filter(([name]) => !LEFT_ASIDE.has(name) && name !== column)
    .map(([name, value]) => `${name}=${cellText(name, value)}`)
    .filter((cell) => !SAYS_NOTHING.test(cell));
  // A row without a privilege is left behind by GRANT USAGE and gives nothing.
  const isEmpty = /^(db|.*s_priv)$/.test(table) && !cells.some((cell) => cell.includes('_priv='));
  return isEmpty && table !== 'proxies_priv' ? [] : [`${table}: ${cells.join(' ')}`];
}

const NAME = '`(?:[^`]|``)*`';
const COLUMNS = new RegExp(String.raw`\((${NAME}(?:, ?${NAME})*)\)`, 'g');
const ROLES = new RegExp(`^GRANT (${NAME}(?:@${NAME})?(?:,${NAME}(?:@${NAME})?)*) TO `);
const DYNAMIC = /^GRANT ([A-Z0-9_]+(?:,[A-Z0-9_]+)+) ON \*\.\*/;

/** Lists whose order is that of a hash table are sorted; hashes go. */
export function grantText(row: string, account: string): string {
  const sorted = (list: string, item: RegExp): string => (list.match(item) ?? []).sort().join(',');
  return row
    .replace(/ IDENTIFIED (BY PASSWORD|VIA \w+ USING) '[^']*'/, ' IDENTIFIED')
    .replaceAll(account, 'USER')
    .replaceAll(account.replaceAll('`', "'"), 'USER')
    .replace(COLUMNS, (_, list: string) => `(${sorted(list.toLowerCase(), new RegExp(NAME, 'g'))})`)
    .replace(ROLES, (_, list: string) => `GRANT ${sorted(list, new RegExp(`${NAME}(?:@${NAME})?`, 'g'))} TO `)
    .replace(DYNAMIC, (_, list: string) => `GRANT ${sorted(list, /\w+/g)} ON *.*`);
}

/**
 * Limits of 0 are none. MySQL 9.7.4 goes on printing an expiry after `PASSWORD EXPIRE DEFAULT`, until it reads its
 * tables anew; the tables are right, and the column password_lifetime is compared.
 */
export function createText(row: string, account: string): string {
  return row
    .replaceAll(/ MAX_\w+ 0(?![.\d])/g, '')
    .replace(/ WITH(?= PASSWORD| ACCOUNT|$)/, '')
    .replace(/ PASSWORD EXPIRE( DEFAULT| NEVER| INTERVAL \d+ DAY)?/, '')
    .replace(" ATTRIBUTE '{}'", '')
    .replace(
      / (AS 0x[0-9A-F]+|AS '[\s\S]*?'(?= REQUIRE | DEFAULT ROLE )|BY PASSWORD '[^']*'|(VIA \w+ )USING '[^']*')/,
      ' $2<hash>',
    )
    .replaceAll(account, 'USER')
    .replace(/ ACCOUNT (UN)?LOCK/, '');
}
