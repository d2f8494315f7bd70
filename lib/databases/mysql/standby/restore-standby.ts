import type { Restoration } from '../../engine';
import type { StoredAccount } from '../accounts/account';
import { acceptsPassword, isHashOf, isPasswordPlugin } from '../passwords/password-hash';
import { runSettingPassword } from '../passwords/set-password';
import type { PairOnServer } from './pair-on-server';
import { lastStatement } from './standby-plan';
import type { Targets } from './targets';

const hasPassword = ({ plugin, authentication }: StoredAccount, password: string): boolean =>
  isPasswordPlugin(plugin) && acceptsPassword(plugin, password) && isHashOf(plugin, authentication, password);

/**
 * Gives the standby back a password that it had, when it has the one that is to go. What it has is read again
 * under the pair's lock, so that nobody's later password is lost.
 */
export async function restoreStandby(
  pair: PairOnServer,
  { password, insteadOf, marker }: Restoration,
): Promise<boolean> {
  const standby = await pair.flavour.readUser(pair.session, pair.standby.username);
  // MariaDB keeps a role of the same name beside the user, as an account without a host.
  const accounts = [...standby.accounts.values()].filter(
    ({ host }) => pair.flavour.product === 'MySQL' || host !== '',
  );
  const isSetByUs = accounts.every(
    (account) =>
      !account.locked &&
      !account.passwordExpired &&
      (hasPassword(account, insteadOf) || hasPassword(account, password)),
  );
  // On MariaDB one statement sets accounts one after the other, so some may have been set and others not.
  if (!isSetByUs || accounts.every((account) => hasPassword(account, password))) return false;
  const targets: Targets = new Map(accounts.map((account) => [account.host, account]));
  const last = lastStatement({ ...pair, standby }, targets, { password, marker }, undefined);
  await runSettingPassword(pair.session, last);
  return true;
}
