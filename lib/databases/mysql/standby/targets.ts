import { UnsupportedAccountError } from '../../../errors';
import type { StandbyOrder } from '../../engine';
import type { AccountOptions } from '../accounts/account-options';
import type { PairOnServer } from './pair-on-server';
import { acceptsPassword, isPasswordPlugin } from '../passwords/password-hash';
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
    return new Map([
      [
        '%',
        {
          plugin: flavour.initialPlugin,
          rights: initialRights(server.literalPatterns ? rights.database : literalPattern(rights.database)),
          options: flavour.initialOptions,
        },
      ],
    ]);
  }
  return new Map(
    [...current.accounts].map(([host, { plugin, rights: held, options }]) => {
      if (!isPasswordPlugin(plugin) || !acceptsPassword(plugin, password)) {
        throw new UnsupportedAccountError(
          `${current.username}@${host} logs in with the plugin ${plugin}, to which the pending password cannot be given${
            plugin === 'ed25519' ? ': set PASSWORD_LENGTH to 32' : ''
          }`,
        );
      }
      return [host, { plugin, rights: held, options }];
    }),
  );
}
