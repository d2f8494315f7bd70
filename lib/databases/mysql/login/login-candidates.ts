import type { AccountOptions } from '../accounts/account-options';
import type { Server } from '../connection/server';
import { admits, moreSpecific, type ClientAddress } from './client-address';

/** An account that the server may take the standby for. */
export interface Candidate {
  /** Empty for the anonymous user, for whom a server takes everybody whose own account is less specific. */
  username: string;
  host: string;
  options: AccountOptions;
}

/**
 * The accounts that the server may take a login for: one where everything is known, several where a host name
 * hides the address or two accounts are equally specific. `undefined` among them stands for none.
 */
export function candidatesFor(
  accounts: readonly Candidate[],
  client: ClientAddress,
  product: Server['product'],
): (Candidate | undefined)[] {
  const order = (one: Candidate, other: Candidate) =>
    moreSpecific(one.host, other.host, product) ||
    Number(one.username === '') - Number(other.username === '');
  const admitting = accounts
    .map((account) => ({ account, admission: admits(account.host, client, product) }))
    .filter(({ admission }) => admission !== 'no')
    .sort((one, other) => order(one.account, other.account));
  const sure = admitting.find(({ admission }) => admission === 'yes')?.account;
  const possible = admitting.map(({ account }) => account);
  return sure === undefined
    ? [...possible, undefined]
    : possible.filter((account) => order(account, sure) <= 0);
}
