import type { Marker } from '../../engine';
import type { StoredUser } from './account';
import type { AccountOptions } from './account-options';
import { readMariadbUser } from './mariadb-accounts';
import { MARKER_KEY, markerClause } from './marker';
import { readMysqlUser } from './mysql-accounts';
import { hexBytes, quoteText } from '../connection/quote';
import type { Server } from '../connection/server';
import type { Session } from '../connection/session';

/**
 * Where MySQL and MariaDB differ in what they store and how they say it. What is common to both stands
 * elsewhere and asks here.
 */
export interface Flavour {
  product: Server['product'];
  readUser(session: Session, username: string): Promise<StoredUser>;
  /** A query for the accounts that may change accounts: `user`, `host`, and the stored hash as `authentication`. */
  administratorsQuery: string;
  /** A query for a user's `LoginState` by account, which is all that the fence needs. */
  loginStateQuery: string;
  /** How CREATE USER and ALTER USER give an account a hash. @param hash as `quoteHash` writes it */
  identified(plugin: string, hash: string): string;
  /** A hash as a literal; MySQL takes bytes there, MariaDB a text only. */
  quoteHash(hash: string): string;
  /** The same with the password itself. @param password a quoted text */
  identifiedBy(plugin: string, password: string): string;
  /** What a new account has by default, before its options are set. */
  initialOptions: AccountOptions;
  /** Plugin of an account that is made when there is no other to take it from. */
  initialPlugin: string;
  /** Accounts have attributes, which hold the marker. */
  hasMarker: boolean;
  /** Empty where an account cannot hold a marker. */
  markerClause(marker: Marker, rightsDigest: string | undefined): string;
}

/** What of an account shows that somebody has set it. */
export interface LoginState {
  host: string;
  authentication: string | null;
  /** What its attributes hold under `MARKER_KEY`, as JSON. */
  marker: string | null;
  /** The server's setting that keeps it from being written to, as `variable = value`. */
  guard: string | null;
}

/** @param isOn a condition for each server variable that says that it is on */
const guardColumn = (isOn: Readonly<Record<string, string>>): string =>
  `CASE ${Object.entries(isOn)
    .map(([name, condition]) => `WHEN ${condition} THEN CONCAT('${name} = ', @@GLOBAL.${name})`)
    .join(' ')} END AS guard`;

const NO_REQUIREMENT = { type: 'NONE', cipher: '', issuer: '', subject: '' } as const;
const NO_LIMITS = { queries: 0, updates: 0, connections: 0, userConnections: 0 };

const mysql: Flavour = {
  product: 'MySQL',
  readUser: readMysqlUser,
  administratorsQuery: `SELECT User AS user, Host AS host, authentication_string AS authentication
    FROM mysql.user WHERE Create_user_priv = 'Y'`,
  loginStateQuery: `SELECT Host AS host, authentication_string AS authentication,
    JSON_EXTRACT(User_attributes, '$.metadata."${MARKER_KEY}"') AS marker,
    ${guardColumn({
      read_only: '@@GLOBAL.read_only',
      innodb_read_only: '@@GLOBAL.innodb_read_only',
      offline_mode: '@@GLOBAL.offline_mode',
    })}
    FROM mysql.user WHERE User = ?`,
  identified: (plugin, hash) => `IDENTIFIED WITH ${plugin} AS ${hash}`,
  quoteHash: hexBytes,
  identifiedBy: (plugin, password) => `IDENTIFIED WITH ${plugin} BY ${password}`,
  initialOptions: {
    tls: NO_REQUIREMENT,
    limits: NO_LIMITS,
    passwordLifetime: null,
    policy: {
      history: null,
      reuseInterval: null,
      requireCurrent: null,
      failedLoginAttempts: 0,
      lockTimeDays: 0,
      attributes: {},
    },
  },
  initialPlugin: 'caching_sha2_password',
  hasMarker: true,
  markerClause: (marker, digest) => ` ${markerClause(marker, digest)}`,
};

/** The bit of CREATE USER in `access` (MariaDB source, sql/privilege.h, CREATE_USER_ACL). */
const CREATE_USER_ACCESS = 33_554_432;

const mariadb: Flavour = {
  product: 'MariaDB',
  readUser: readMariadbUser,
  administratorsQuery: `SELECT User AS user, Host AS host, JSON_VALUE(Priv, '$.authentication_string') AS authentication
    FROM mysql.global_priv WHERE (JSON_VALUE(Priv, '$.access') & ${CREATE_USER_ACCESS}) <> 0`,
  loginStateQuery: `SELECT Host AS host, JSON_VALUE(Priv, '$.authentication_string') AS authentication,
    NULL AS marker,
    ${guardColumn({
      // A number, or a word since MariaDB 12.
      read_only: "@@GLOBAL.read_only NOT IN ('0', 'OFF')",
      innodb_read_only: '@@GLOBAL.innodb_read_only',
    })}
    FROM mysql.global_priv WHERE User = ?`,
  identified: (plugin, hash) => `IDENTIFIED VIA ${plugin} USING ${hash}`,
  quoteHash: quoteText,
  identifiedBy: (plugin, password) => `IDENTIFIED VIA ${plugin} USING PASSWORD(${password})`,
  initialOptions: { tls: NO_REQUIREMENT, limits: NO_LIMITS, statementTime: 0, passwordLifetime: null },
  initialPlugin: 'mysql_native_password',
  hasMarker: false,
  markerClause: () => '',
};

export function flavourOf({ product }: Pick<Server, 'product'>): Flavour {
  return product === 'MySQL' ? mysql : mariadb;
}
