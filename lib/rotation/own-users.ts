import type { Config } from '../config';
import type { Account, Pair, User } from '../databases/engine';
import { CurrentCredentialRejectedError, SharedUserError, StandbyOwnedElsewhereError } from '../errors';
import { secretMark } from '../secrets/secret-mark';
import type { SecretStore } from '../secrets/secret-store';
import { knownPasswords } from './known-passwords';

/** On whose behalf the users of a pair are asked for. */
export interface Claim {
  secrets: SecretStore;
  secretArn: string;
  /** Versions of the secret that are known already; others are listed when a marker asks for them. */
  versionIds: readonly (string | undefined)[];
  config: Pick<Config, 'appUsers' | 'takeovers'>;
}

/** Which hosts' accounts have a password. */
type HostsProvedBy = (password: string) => readonly string[];

/**
 * Requires that the standby is this secret's, so that no one loses a login or rights, and that the current user is
 * not marked for another secret. Whoever writes a secret chooses its user, and with it the name of the standby: a
 * name alone proves nothing. See docs/adr/0010-whose-standby.md.
 * @param repaired the current credential did not hold. The current user must then be this secret's too, or a wrong
 *   password would be enough to get a copy of any user.
 * @throws {StandbyOwnedElsewhereError}
 * @throws {SharedUserError}
 * @throws {CurrentCredentialRejectedError}
 */
export async function requireOwnUsers(pair: Pair, claim: Claim, repaired: boolean): Promise<void> {
  const { current, standby } = pair;
  const { secretArn } = claim;
  const setting = (user: string) => `ALLOW_TAKEOVER with ${secretArn}=${user}`;

  if (markedElsewhere(current, claim).length > 0) {
    throw new SharedUserError(
      `the current user ${current.username} is marked for another secret than ${secretArn}, which rotates it: give this secret a user of its own, or, if that secret is given up, let the deployer set ${setting(current.username)} and ${setting(standby.username)}`,
    );
  }
  if (repaired) {
    const unproved = pair.current.accounts.map(({ host }) => host);
    const [foreign] = await foreignAccounts(current, claim, (password) => {
      const refuted = pair.hostsNotProvedBy(password);
      return unproved.filter((host) => !refuted.includes(host));
    });
    if (foreign !== undefined) {
      throw new CurrentCredentialRejectedError(
        `the password of the AWSCURRENT version is not that of ${current.username}@${foreign.host}, and ALLOW_REPAIR does not help, because nothing shows that the user is this secret's: put the right password into the secret, or let the deployer set ${setting(current.username)} too`,
      );
    }
  }
  const [foreign] = await foreignAccounts(standby, claim, (password) => pair.standbyHostsProvedBy(password));
  if (foreign === undefined) return;
  const what =
    foreign.marker?.secret === undefined
      ? `an account whose password no version of the secret holds${foreign.locked ? ', and it is locked' : ''}`
      : 'marked for another secret, which rotates it';
  throw new StandbyOwnedElsewhereError(
    `the standby user exists already and is not this secret's: ${standby.username}@${foreign.host} is ${what}. Nothing was changed. Give the secret another user, or set USERNAME_SUFFIX; if the account may be taken over, with its password and its rights replaced, drop it first, or let the deployer set ${setting(standby.username)}`,
  );
}

function markedElsewhere(user: User, { secretArn, config }: Claim): Account[] {
  if (config.takeovers.includes(`${secretArn}=${user.username}`)) return [];
  return user.accounts.filter(
    ({ marker }) => marker?.secret !== undefined && marker.secret !== secretMark(secretArn),
  );
}

/** The accounts that neither the deployer's settings nor a marker nor a known password make this secret's. */
async function foreignAccounts(user: User, claim: Claim, provedBy: HostsProvedBy): Promise<Account[]> {
  const { secrets, secretArn, config } = claim;
  if (config.takeovers.includes(`${secretArn}=${user.username}`)) return [];
  const elsewhere = markedElsewhere(user, claim);
  if (elsewhere.length > 0) return elsewhere;
  if (config.appUsers?.includes(user.username) === true) return [];

  let open = await withoutMarked(user.accounts, claim);
  if (open.length === 0) return [];
  for await (const { password } of knownPasswords(secrets, secretArn, user.username)) {
    const proved = provedBy(password);
    open = open.filter(({ host }) => !proved.includes(host));
    if (open.length === 0) return [];
  }
  return open;
}

/** A marker of an earlier release names a version only; it is ours when that is a version of this secret. */
async function withoutMarked(
  accounts: readonly Account[],
  { secrets, secretArn, versionIds }: Claim,
): Promise<Account[]> {
  const open = accounts.filter(({ marker }) => marker?.secret !== secretMark(secretArn));
  const isUnknown = ({ marker }: Account) => marker !== undefined && !versionIds.includes(marker.versionId);
  const listed = open.some(isUnknown) ? await secrets.listVersions(secretArn) : [];
  const known = new Set([...versionIds, ...listed.map(({ versionId }) => versionId)]);
  return open.filter(({ marker }) => marker === undefined || !known.has(marker.versionId));
}
