import { UnsupportedAccountError } from '../../../errors';
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
          rights: initialRights(server.literalPatterns ? database : literalPattern(database)),
          options: flavour.initialOptions,
        },
      ],
    ]);
  }
  return new Map(
    [...current.accounts].map(([host, { plugin, rights: held, options, unknown }]) => {
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
