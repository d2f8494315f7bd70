import type { StoredAccount, StoredUser } from './account';
import type { AccountOptions, TlsRequirement } from './account-options';
import { byHost, readObjectRights, rowsOf, staticRights, text, type Row } from './grant-tables';
import { quoteName } from '../connection/quote';
import { rightsFrom, type Right } from '../rights/rights';
import { parseGrant } from '../rights/show-grants';
import type { Session } from '../connection/session';

/** `ssl_type` of mysql.global_priv, by number. */
const TLS_TYPES: readonly TlsRequirement['type'][] = ['NONE', 'SSL', 'X509', 'SPECIFIED'];

/** Keys of mysql.global_priv's JSON that are read below, or say nothing about an account's rights. */
const KNOWN_KEYS = new Set([
  'access',
  'version_id',
  'plugin',
  'authentication_string',
  'password_last_changed',
  'password_lifetime',
  'ssl_type',
  'ssl_cipher',
  'x509_issuer',
  'x509_subject',
  'max_questions',
  'max_updates',
  'max_connections',
  'max_user_connections',
  'max_statement_time',
  'account_locked',
  'default_role',
  'is_role',
]);

function optionsOf(priv: Row): AccountOptions {
  const number = (key: string) => Number(priv[key] ?? 0);
  const lifetime = Number(priv['password_lifetime'] ?? -1);
  return {
    tls: {
      type: TLS_TYPES[number('ssl_type')] ?? 'NONE',
      cipher: text(priv['ssl_cipher']),
      issuer: text(priv['x509_issuer']),
      subject: text(priv['x509_subject']),
    },
    limits: {
      queries: number('max_questions'),
      updates: number('max_updates'),
      connections: number('max_connections'),
      userConnections: number('max_user_connections'),
    },
    statementTime: number('max_statement_time'),
    passwordLifetime: lifetime === -1 ? null : lifetime,
  };
}

/**
 * Global privileges by name. The grant table holds a number whose bits have no names in any table, so they
 * are read from INFORMATION_SCHEMA, which lists them one by one.
 */
async function readGlobalRights(session: Session, username: string): Promise<(host: string) => Right[]> {
  const rows = await session.rows<{ grantee: string; privilege: string; grantable: string }>(
    'reading global privileges',
    'SELECT GRANTEE AS grantee, PRIVILEGE_TYPE AS privilege, IS_GRANTABLE AS grantable FROM information_schema.USER_PRIVILEGES WHERE GRANTEE LIKE ?',
    [`'${username.replaceAll(/[\\%_]/g, String.raw`\$&`)}'@%`],
  );
  return (host) => {
    const mine = rows.filter(({ grantee }) => grantee === `'${username}'@'${host}'`);
    const privileges = mine.map(({ privilege }) => privilege).filter((privilege) => privilege !== 'USAGE');
    const option = mine.some(({ grantable }) => grantable === 'YES') ? ['GRANT OPTION'] : [];
    return staticRights({ level: 'global' }, [...privileges, ...option]);
  };
}

/** The host of a role, which is stored as an account without one. */
const ROLE_HOST = '';

/** The role that every user has, since 10.11. SHOW GRANTS takes and prints its name without quotes only. */
const quoteRole = (role: string): string => (role === 'PUBLIC' ? role : quoteName(role));

/**
 * Global privileges of a role. INFORMATION_SCHEMA lists those of users only. SHOW GRANTS also prints the rows of
 * the roles that the role holds; these are left out here.
 */
async function readRoleGlobals(session: Session, role: string): Promise<Right[]> {
  const name = quoteRole(role);
  const rows = await session.rows<Record<string, string>>(
    'reading the rights of a role',
    `SHOW GRANTS FOR ${name}`,
  );
  return rows
    .flatMap((row) => Object.values(row))
    .filter((row) => row.endsWith(` ON *.* TO ${name}`) || row.includes(` ON *.* TO ${name} WITH`))
    .flatMap((row) => parseGrant(row));
}

const roleRow = (row: Row): Right => ({
  kind: 'role',
  role: { username: text(row['Role']), host: undefined },
  admin: row['Admin_option'] === 'Y',
});

function defaultRole(priv: Row): Right[] {
  const role = text(priv['default_role']);
  return role === '' ? [] : [{ kind: 'default role', role: { username: role, host: undefined } }];
}

/** Keys of the JSON that belong to what this release does not know, such as several ways to log in. */
const unknownKeys = (priv: Row): string[] =>
  Object.keys(priv)
    .filter((key) => !KNOWN_KEYS.has(key))
    .map((key) => (key === 'auth_or' ? 'several authentication methods' : `the attribute ${key}`));

/**
 * Reads a user of MariaDB from the grant tables. `password_expired` is in the view mysql.user only: it is what
 * a password that was changed at second 0 means.
 */
export async function readMariadbUser(session: Session, username: string): Promise<StoredUser> {
  const accounts = await rowsOf(session, 'global_priv', username);
  if (accounts.length === 0) return { username, accounts: new Map() };
  const objects = await readObjectRights(session, username);
  const global = await readGlobalRights(session, username);
  const roles = byHost(await rowsOf(session, 'roles_mapping', username));
  const isRole = accounts.some((row) => text(row['Host']) === ROLE_HOST);
  const globalOfRole = isRole ? await readRoleGlobals(session, username) : [];

  const assemble = (row: Row): StoredAccount => {
    const host = text(row['Host']);
    const priv = JSON.parse(text(row['Priv'])) as Row;
    const { rights, unknown } = objects(host);
    return {
      username,
      host,
      plugin: text(priv['plugin'] ?? 'mysql_native_password'),
      authentication: text(priv['authentication_string']),
      locked: priv['account_locked'] === true,
      passwordExpired: priv['password_last_changed'] === 0,
      secondAuthentication: undefined,
      options: optionsOf(priv),
      marker: undefined,
      rights: rightsFrom([
        ...(host === ROLE_HOST ? globalOfRole : global(host)),
        ...rights,
        ...roles(host).map(roleRow),
        ...defaultRole(priv),
      ]),
      unknown: [...unknown, ...unknownKeys(priv)],
    };
  };
  return { username, accounts: new Map(accounts.map((row) => [text(row['Host']), assemble(row)])) };
}
