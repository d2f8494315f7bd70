import { UnsupportedGrantError } from '../../errors';
import type { StandbyOrder } from '../engine';
import { isPasswordPlugin, type PasswordPlugin } from './password-hash';
import { literalPattern } from './quote';
import { initialRights, type Rights } from './rights';
import type { StoredUser } from './stored-user';

/** One account that the standby must have. */
export interface Target {
  plugin: PasswordPlugin;
  rights: Rights;
}

/** By host: the standby mirrors every account of the current user. */
export type Targets = ReadonlyMap<string, Target>;

/** A new account's plugin when there is no current user to take it from: MySQL's default since 8.0. */
const INITIAL_PLUGIN: PasswordPlugin = 'caching_sha2_password';

/** @throws {UnsupportedGrantError} when the current user does not log in with a password. */
export function targetsOf(current: StoredUser, { rights }: StandbyOrder): Targets {
  if (rights.from === 'database') {
    return new Map([
      ['%', { plugin: INITIAL_PLUGIN, rights: initialRights(literalPattern(rights.database)) }],
    ]);
  }
  return new Map(
    [...current.accounts].map(([host, { row, rights: held }]) => {
      if (!isPasswordPlugin(row.plugin)) {
        throw new UnsupportedGrantError(`${current.username}@${host} has the plugin ${row.plugin}`);
      }
      return [host, { plugin: row.plugin, rights: held }];
    }),
  );
}
