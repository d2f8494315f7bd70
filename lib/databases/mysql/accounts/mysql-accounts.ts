import type { StoredUser } from './account';
import type { AccountOptions, TlsRequirement } from './account-options';
import { isObject, parseExact } from './exact-json';
import { byHost, readObjectRights, rowsOf, staticRights, text, type Row } from './grant-tables';
import { MARKER_KEY, readMarker } from './marker';
import { privilegesOf } from './privilege-names';
import { rightsFrom, type Right } from '../rights/rights';
import type { Session } from '../connection/session';

const TLS_TYPES: Readonly<Record<string, TlsRequirement['type']>> = {
  '': 'NONE',
  ANY: 'SSL',
  X509: 'X509',
  SPECIFIED: 'SPECIFIED',
};

/** Keys of `User_attributes` that are read below; any other belongs to a feature this release does not know. */
const KNOWN_ATTRIBUTES = new Set(['metadata', 'additional_password', 'Restrictions', 'Password_locking']);

function parseObject(json: unknown): Row {
  const value: unknown = typeof json === 'string' ? JSON.parse(json) : json;
  return typeof value === 'object' && value !== null ? (value as Row) : {};
}

/** What ATTRIBUTE and COMMENT have set. */
function metadataOf(json: unknown): Row {
  const attributes = typeof json === 'string' ? parseExact(json) : undefined;
  const metadata = isObject(attributes) ? attributes['metadata'] : undefined;
  return isObject(metadata) ? metadata : {};
}

const numberOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);

function optionsOf(row: Row, attributes: Row, metadata: Row): AccountOptions {
  const locking = parseObject(attributes['Password_locking']);
  const requireCurrent = row['Password_require_current'];
  return {
    tls: {
      type: TLS_TYPES[text(row['ssl_type'])] ?? 'NONE',
      cipher: text(row['ssl_cipher']),
      issuer: text(row['x509_issuer']),
      subject: text(row['x509_subject']),
    },
    limits: {
      queries: Number(row['max_questions']),
      updates: Number(row['max_updates']),
      connections: Number(row['max_connections']),
      userConnections: Number(row['max_user_connections']),
    },
    passwordLifetime: numberOrNull(row['password_lifetime']),
    policy: {
      history: numberOrNull(row['Password_reuse_history']),
      reuseInterval: numberOrNull(row['Password_reuse_time']),
      requireCurrent: requireCurrent === 'Y' ? true : requireCurrent === 'N' ? false : null,
      failedLoginAttempts: Number(locking['failed_login_attempts'] ?? 0),
      lockTimeDays: Number(locking['password_lock_time_days'] ?? 0),
      attributes: Object.fromEntries(Object.entries(metadata).filter(([key]) => key !== MARKER_KEY)),
    },
  };
}

function restrictionsOf(attributes: Row): Right[] {
  const restrictions = (attributes['Restrictions'] ?? []) as { Database: string; Privileges: string[] }[];
  return restrictions.flatMap(({ Database: database, Privileges: privileges }) =>
    privileges.map((privilege): Right => ({ kind: 'restriction', database, privilege })),
  );
}

const dynamicRow = (row: Row): Right => ({
  kind: 'dynamic',
  privilege: text(row['PRIV']),
  grantable: row['WITH_GRANT_OPTION'] === 'Y',
});

const roleRow = (row: Row): Right => ({
  kind: 'role',
  role: { username: text(row['FROM_USER']), host: text(row['FROM_HOST']) },
  admin: row['WITH_ADMIN_OPTION'] === 'Y',
});

const defaultRoleRow = (row: Row): Right => ({
  kind: 'default role',
  role: { username: text(row['DEFAULT_ROLE_USER']), host: text(row['DEFAULT_ROLE_HOST']) },
});

function secondHash(attributes: Row): string | undefined {
  return 'additional_password' in attributes ? text(attributes['additional_password']) : undefined;
}

/** Reads a user of MySQL 8.0.21 or newer from the grant tables. Roles that are mandatory for all are not among them. */
export async function readMysqlUser(session: Session, username: string): Promise<StoredUser> {
  const accounts = await rowsOf(session, 'user', username);
  if (accounts.length === 0) return { username, accounts: new Map() };
  const objects = await readObjectRights(session, username);
  const dynamic = byHost(await rowsOf(session, 'global_grants', username));
  const roles = byHost(await rowsOf(session, 'role_edges', username, 'TO_USER'));
  const defaults = byHost(await rowsOf(session, 'default_roles', username));

  return {
    username,
    accounts: new Map(
      accounts.map((row) => {
        const host = text(row['Host']);
        const attributes = parseObject(row['User_attributes']);
        const metadata = metadataOf(row['User_attributes']);
        const global = privilegesOf(row);
        const { rights, unknown } = objects(host);
        return [
          host,
          {
            username,
            host,
            plugin: text(row['plugin']),
            authentication: text(row['authentication_string']),
            locked: row['account_locked'] === 'Y',
            passwordExpired: row['password_expired'] === 'Y',
            secondAuthentication: secondHash(attributes),
            options: optionsOf(row, attributes, metadata),
            marker: readMarker(metadata[MARKER_KEY]),
            rights: rightsFrom([
              ...staticRights({ level: 'global' }, global.known),
              ...dynamic(host).map(dynamicRow),
              ...restrictionsOf(attributes),
              ...rights,
              ...roles(host).map(roleRow),
              ...defaults(host).map(defaultRoleRow),
            ]),
            unknown: [
              ...unknown,
              ...global.unknown.map((column) => `the privilege ${column}`),
              ...Object.keys(attributes)
                .filter((key) => !KNOWN_ATTRIBUTES.has(key))
                .map((key) => `the attribute ${key}`),
            ],
          },
        ];
      }),
    ),
  };
}
