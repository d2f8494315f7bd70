import type { Marker } from '../engine';
import { isKnownHash, isPasswordPlugin } from './password-hash';
import { MARKER_KEY, readMarker } from './marker';
import { privilegesOf } from './privilege-names';

/** A row of `mysql.user`, read as data. */
export interface AccountRow {
  username: string;
  host: string;
  plugin: string;
  /** The password's hash, as stored. */
  authentication: string;
  locked: boolean;
  passwordExpired: boolean;
  /** A retained old password is set (`RETAIN CURRENT PASSWORD`). */
  hasSecondPassword: boolean;
  marker: Marker | undefined;
  globalPrivileges: string[];
  /** Options and rights that this release cannot mirror, in words. */
  unsupportedOptions: string[];
}

type Row = Readonly<Record<string, unknown>>;

/** Columns of `mysql.user` that must have their default, and what they are in ALTER USER's words. */
const DEFAULTED: readonly (readonly [column: string, byDefault: unknown, option: string])[] = [
  ['ssl_type', '', 'REQUIRE'],
  ['max_questions', 0, 'MAX_QUERIES_PER_HOUR'],
  ['max_updates', 0, 'MAX_UPDATES_PER_HOUR'],
  ['max_connections', 0, 'MAX_CONNECTIONS_PER_HOUR'],
  ['max_user_connections', 0, 'MAX_USER_CONNECTIONS'],
  ['password_lifetime', null, 'PASSWORD EXPIRE'],
  ['Password_reuse_history', null, 'PASSWORD HISTORY'],
  ['Password_reuse_time', null, 'PASSWORD REUSE INTERVAL'],
  ['Password_require_current', null, 'PASSWORD REQUIRE CURRENT'],
];

/** Keys of `User_attributes` with an option of their own; any other is named by its key. */
const ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ['Password_locking', 'FAILED_LOGIN_ATTEMPTS'],
  ['Restrictions', 'partial revokes'],
]);

function parseObject(json: unknown): Row {
  const value: unknown = typeof json === 'string' ? JSON.parse(json) : json;
  return typeof value === 'object' && value !== null ? (value as Row) : {};
}

function unsupportedOptions(row: Row, attributes: Row, metadata: Row, unknownPrivileges: string[]): string[] {
  const options = DEFAULTED.filter(([column, byDefault]) => (row[column] ?? null) !== byDefault).map(
    ([, , option]) => option,
  );
  const own = new Set(['metadata', 'additional_password']);
  const keys = Object.keys(attributes).filter((key) => !own.has(key));
  const remarks = Object.keys(metadata).filter((key) => key !== MARKER_KEY);
  return [
    ...options,
    ...keys.map((key) => ATTRIBUTES.get(key) ?? `the attribute ${key}`),
    ...remarks.map((key) => `ATTRIBUTE ${key}`),
    ...unknownPrivileges.map((column) => `the privilege ${column}`),
  ];
}

export function readAccountRow(row: Row): AccountRow {
  const attributes = parseObject(row['User_attributes']);
  const metadata = parseObject(attributes['metadata']);
  const privileges = privilegesOf(row);
  return {
    username: String(row['User']),
    host: String(row['Host']),
    plugin: String(row['plugin']),
    authentication: typeof row['authentication_string'] === 'string' ? row['authentication_string'] : '',
    locked: row['account_locked'] === 'Y',
    passwordExpired: row['password_expired'] === 'Y',
    hasSecondPassword: 'additional_password' in attributes,
    marker: readMarker(metadata),
    globalPrivileges: privileges.known,
    unsupportedOptions: unsupportedOptions(row, attributes, metadata, privileges.unknown),
  };
}

/** How an account logs in, in words, when that cannot be mirrored. */
export function unsupportedLogin({ plugin, authentication }: AccountRow): string | undefined {
  if (!isPasswordPlugin(plugin)) return `the authentication plugin ${plugin}`;
  return isKnownHash(plugin, authentication) ? undefined : `the format of its ${plugin} hash`;
}

/** Global privileges whose holder administers the server or other users. */
const ADMINISTRATIVE = new Set(['SUPER', 'CREATE USER', 'SYSTEM_USER', 'GRANT OPTION']);

/** Accounts that the server or RDS made for itself. */
const SYSTEM_USERS = new Set([
  'mysql.sys',
  'mysql.session',
  'mysql.infoschema',
  'mariadb.sys',
  'rdsadmin',
  'rdsrepladmin',
]);

const ADMINISTRATIVE_ROLES = new Set(['rds_superuser_role']);

/** Why an account is an administrator's, if it is. */
export function administrativeRights(
  row: AccountRow,
  dynamicPrivileges: string[],
  roles: string[],
): string[] {
  return [
    ...[...row.globalPrivileges, ...dynamicPrivileges].filter((privilege) => ADMINISTRATIVE.has(privilege)),
    ...roles.filter((role) => ADMINISTRATIVE_ROLES.has(role)),
    ...(SYSTEM_USERS.has(row.username) ? ['a system account'] : []),
  ];
}
