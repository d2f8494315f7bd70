import type { Marker } from '../../engine';
import type { AccountOptions } from './account-options';
import type { Rights } from '../rights/rights';

/** One account, as the server stores it. */
export interface StoredAccount {
  username: string;
  host: string;
  plugin: string;
  /** The password's hash, as stored. */
  authentication: string;
  locked: boolean;
  passwordExpired: boolean;
  /** The hash of a retained old password, which logs in too (`RETAIN CURRENT PASSWORD`); MySQL only. */
  secondAuthentication: string | undefined;
  options: AccountOptions;
  marker: Marker | undefined;
  rights: Rights;
  /** What this release does not know and so cannot mirror, in words. */
  unknown: string[];
}

/** A user with all its accounts, by host. */
export interface StoredUser {
  username: string;
  accounts: ReadonlyMap<string, StoredAccount>;
}

/** The marker of a user: all its accounts get theirs in one statement, so any one speaks for all. */
export function markerOf({ accounts }: StoredUser): Marker | undefined {
  return [...accounts.values()].map(({ marker }) => marker).find((marker) => marker !== undefined);
}
