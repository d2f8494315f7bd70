import { InitialSetupNotAllowedError, UnsupportedAccountError } from '../../../errors';
import type { StandbyOrder } from '../../engine';
import type { AccountOptions } from '../accounts/account-options';
import type { Server } from '../connection/server';
import type { PairOnServer } from './pair-on-server';
import { acceptsPassword, isPasswordPlugin } from '../passwords/password-hash';
import { foldCase } from '../connection/fold-case';
import { literalPattern } from '../connection/quote';
import { initialRights, type Rights } from '../rights/rights';

/** One account that the standby must have. */
export interface Target {
  plugin: string;
  rights: Rights;
  options: AccountOptions;
}

/** By host: the standby mirrors every account of the current user. */
export type Targets = ReadonlyMap<string, Target>;

/** Longest name in a GRANT, in characters: escaped wildcards count twice (ER_TOO_LONG_IDENT, tried on MySQL 9.7). */
const LONGEST_PATTERN = 64;

/** @throws {InitialSetupNotAllowedError} when no GRANT can hold the name. */
function initialPattern(database: string, { literalPatterns }: Server): string {
  const pattern = literalPatterns ? database : literalPattern(database);
  const length = Array.from(pattern).length;
  if (length <= LONGEST_PATTERN) return pattern;
  throw new InitialSetupNotAllowedError(
    `neither user exists, and dbname of the secret has ${length} characters in a GRANT, in which _ and % count twice; a server takes ${LONGEST_PATTERN}: create the first user by hand`,
  );
}

/** @throws {UnsupportedAccountError} when the pending password cannot be given to an account like the current one. */
export function targetsOf(
  { current, flavour, server }: PairOnServer,
  { rights, password }: StandbyOrder,
): Targets {
  if (rights.from === 'database') {
    const database = server.foldsNames ? foldCase(rights.database) : rights.database;
    return new Map([
      [
        '%',
        {
          plugin: flavour.initialPlugin,
          rights: initialRights(initialPattern(database, server)),
          options: flavour.initialOptions,
        },
      ],
    ]);
  }
  return new Map(
    [...current.accounts].map(([host, { plugin, rights: held, options, unknown }]) => {
      if (server.skipsNames && isHostName(host)) {
        throw new UnsupportedAccountError(
          `${current.username}@${host} is an account at a host name, and the server runs with skip_name_resolve: it does not load such accounts, so nobody logs in by it. Drop the account, give it an address as its host, or let the server resolve names`,
        );
      }
      if (unknown.length > 0) {
        throw new UnsupportedAccountError(
          `${current.username}@${host} has what this release cannot mirror: ${unknown.join('; ')}`,
        );
      }
      if (!isPasswordPlugin(plugin) || !acceptsPassword(plugin, password)) {
        throw new UnsupportedAccountError(
          `${current.username}@${host} logs in with the plugin ${plugin}, to which the pending password cannot be given${
            plugin === 'ed25519' ? ': set PASSWORD_LENGTH to 32' : ''
          }`,
        );
      }
      requireGrantable(held, server, `${current.username}@${host}`);
      return [host, { plugin, rights: held, options }];
    }),
  );
}

/**
 * Whether the server must resolve names to know this host. A pattern and an address with or without a mask are
 * compared as they are, and localhost is known (tried on MariaDB 10.11 and 11.8).
 */
function isHostName(host: string): boolean {
  return !/[%_:/]/.test(host) && !/^[\d.]*$/.test(host) && host.toLowerCase() !== 'localhost';
}

/** MariaDB 10 grants on a PACKAGE in sql_mode ORACLE only, in which other statements mean other things. */
function requireGrantable(rights: Rights, { product, version }: Server, account: string): void {
  if (product !== 'MariaDB' || version[0] > 10) return;
  const onPackage = [...rights].find(
    ([, right]) =>
      right.kind === 'static' && right.scope.level === 'routine' && right.scope.type.startsWith('PACKAGE'),
  );
  if (onPackage === undefined) return;
  throw new UnsupportedAccountError(
    `${account} has ${onPackage[0]}, which MariaDB 10 does not let be copied`,
  );
}
