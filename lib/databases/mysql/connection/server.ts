import { UnsupportedServerError } from '../../../errors';
import type { Session } from './session';
import { WRITE_GUARDS, writeGuard } from './writable';

/** What must be known of a server before a statement is written for it. */
export interface Server {
  product: 'MySQL' | 'MariaDB';
  version: readonly [major: number, minor: number, patch: number];
  /** Longest user name, in characters. */
  userNameLimit: number;
  /** `caching_sha2_password_digest_rounds`: how often a password is hashed. */
  digestRounds: number;
  /** A validating plugin is loaded that takes passwords only and no hashes. MariaDB. */
  refusesHashes: boolean;
  /** `partial_revokes` is on: `_` and `%` in database names, and their escapes, mean themselves. MySQL. */
  literalPatterns: boolean;
  /** Roles that every user has (`mandatory_roles`), as the server writes them. MySQL. */
  mandatoryRoles: string;
  /** `secure_file_priv` is empty: FILE reads and writes wherever the server may. */
  filesAreOpen: boolean;
  /** `lower_case_table_names` is 1 or 2: rights name databases and tables in small letters, however they were written. */
  foldsNames: boolean;
  /** `skip_name_resolve` is on: accounts at a host name are not loaded. */
  skipsNames: boolean;
  /** The setting that keeps the server from being written to, as `variable = value`. */
  writeGuard: string | undefined;
}

/** Fixed at 5,000 before MySQL 8.0.24 made it a variable. */
const DIGEST_ROUNDS_BEFORE_VARIABLE = 5_000;

/** Account attributes, which hold the marker, exist since 8.0.21 (Reference Manual, "CREATE USER Statement"). */
const OLDEST_MYSQL = [8, 0, 21] as const;

export function isBefore(version: Server['version'], other: Server['version']): boolean {
  const differing = version.findIndex((part, index) => part !== other[index]);
  return differing !== -1 && (version[differing] ?? 0) < (other[differing] ?? 0);
}

/**
 * 16 characters before MySQL 5.7, 32 since (Reference Manual, "Account User Names and Passwords"); 80 on MariaDB before
 * 10.6, 128 since (the columns of its grant tables; tried on 10.11 and 11.8).
 */
function userNameLimit(product: Server['product'], version: Server['version']): number {
  if (product === 'MariaDB') return isBefore(version, [10, 6, 0]) ? 80 : 128;
  return isBefore(version, [5, 7, 0]) ? 16 : 32;
}

/** Multiple authentication plugins and the JSON of mysql.global_priv exist since 10.4; 10.6 is the oldest tried. */
const OLDEST_MARIADB = [10, 6, 0] as const;

/** Before its own version MariaDB 10 may say 5.5.5-, for the sake of old replicas. */
const NUMBERS = /^(?:5\.5\.5-)?(\d+\.\d+\.\d+)/;

/** @param version the server's `version` variable, for example `8.4.3` or `10.11.6-MariaDB-log` */
export function describeServer(
  version: string,
  digestRounds: string | undefined,
  {
    refusesHashes = false,
    literalPatterns = false,
    mandatoryRoles = '',
    filesAreOpen = false,
    foldsNames = false,
    skipsNames = false,
    writeGuard = undefined as string | undefined,
  } = {},
): Server {
  const product = /mariadb/i.test(version) ? 'MariaDB' : 'MySQL';
  const [major = 0, minor = 0, patch = 0] = (NUMBERS.exec(version)?.[1] ?? '').split('.').map(Number);
  const numbers = [major, minor, patch] as const;
  return {
    product,
    version: numbers,
    userNameLimit: userNameLimit(product, numbers),
    digestRounds: digestRounds === undefined ? DIGEST_ROUNDS_BEFORE_VARIABLE : Number(digestRounds),
    refusesHashes,
    literalPatterns,
    mandatoryRoles,
    filesAreOpen,
    foldsNames,
    skipsNames,
    writeGuard,
  };
}

/** @throws {UnsupportedServerError} */
export function requireSupported({ product, version }: Server): void {
  const oldest = product === 'MySQL' ? OLDEST_MYSQL : OLDEST_MARIADB;
  if (!isBefore(version, oldest)) return;
  throw new UnsupportedServerError(
    `the server is ${product} ${version.join('.')}; this release rotates ${product} ${oldest.join('.')} or newer`,
  );
}

/** Variables that tell what a server is. */
export const SERVER_VARIABLES = [
  'version',
  'caching_sha2_password_digest_rounds',
  'strict_password_validation',
  'partial_revokes',
  'mandatory_roles',
  'secure_file_priv',
  'lower_case_table_names',
  'skip_name_resolve',
  ...WRITE_GUARDS,
] as const;

export async function readServer(session: Session): Promise<Server> {
  const { variables } = session;
  const isStrict = variables.get('strict_password_validation') === 'ON';
  return describeServer(
    variables.get('version') ?? '',
    variables.get('caching_sha2_password_digest_rounds'),
    {
      refusesHashes: isStrict && (await hasValidatingPlugin(session)),
      literalPatterns: variables.get('partial_revokes') === 'ON',
      mandatoryRoles: variables.get('mandatory_roles') ?? '',
      filesAreOpen: variables.get('secure_file_priv') === '',
      foldsNames: (variables.get('lower_case_table_names') ?? '0') !== '0',
      skipsNames: variables.get('skip_name_resolve') === 'ON',
      writeGuard: writeGuard(variables),
    },
  );
}

/** MariaDB's own default is strict, which matters only once a plugin judges passwords. */
async function hasValidatingPlugin(session: Session): Promise<boolean> {
  const plugins = await session.rows<{ name: string }>(
    'looking for password validation',
    "SELECT PLUGIN_NAME AS name FROM information_schema.PLUGINS WHERE PLUGIN_TYPE = 'PASSWORD VALIDATION' AND PLUGIN_STATUS = 'ACTIVE'",
  );
  return plugins.length > 0;
}
