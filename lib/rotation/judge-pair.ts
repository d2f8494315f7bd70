import type { Config } from '../config';
import type { Pair, StandbyOrder, User } from '../databases/engine';
import {
  CurrentCredentialRejectedError,
  CurrentUserMissingError,
  PrivilegedUserError,
  UnsupportedAccountError,
  UserNameTooLongError,
} from '../errors';
import type { Credential } from '../secrets/credential';
import { requireFewAccounts } from './account-limit';
import { initialSetupDatabase } from './initial-setup';
import { nameHint } from './name-hint';
import { isOwnDoing } from './own-doing';
import { requireOwnUsers, type Claim } from './own-users';

function requireNamesFit({ current, standby, userNameLimit }: Pair): void {
  const longest = [current, standby].find(({ username }) => Array.from(username).length > userNameLimit);
  if (longest === undefined) return;
  throw new UserNameTooLongError(
    `user name ${longest.username} has ${Array.from(longest.username).length} characters, the server allows ${userNameLimit}`,
  );
}

/**
 * An initial setup that was interrupted, or that this very rotation has completed, may be carried on;
 * a standby that anybody else has used may not be taken for one.
 */
function isUnfinishedSetup({ standby, marker }: Pair, versionId: string): boolean {
  if (marker?.initialSetup !== true) return false;
  return marker.versionId === versionId || standby.accounts.every(({ locked }) => locked);
}

/**
 * Requires that the current credential is the current user's own, at every host.
 * @returns true when it is not, and this service did that or the deployer allows it: the rotation repairs it.
 */
async function requireProved(
  pair: Pair,
  { username, password }: Credential,
  claim: Claim,
  repairs: readonly string[],
): Promise<boolean> {
  const unusable = pair.current.accounts.find(({ locked, passwordExpired }) => locked || passwordExpired);
  if (unusable !== undefined) {
    throw new CurrentCredentialRejectedError(
      `${username}@${unusable.host} is ${unusable.locked ? 'locked' : 'expired'}: an account that cannot log in is not mirrored`,
    );
  }
  const [host] = pair.hostsNotProvedBy(password).filter((name) =>
    pair.current.accounts.some(
      // What cannot be mirrored is refused below by its own name.
      ({ host, unsupportedLogin, unsupported }) =>
        host === name && unsupportedLogin === undefined && unsupported.length === 0,
    ),
  );
  if (host === undefined) return false;
  if (repairs.includes(claim.secretArn) || (await isOwnDoing(pair, { username, password }, claim)))
    return true;
  throw new CurrentCredentialRejectedError(
    `the password of the AWSCURRENT version is not that of ${username}@${host}: put the right one into the secret, give the account this one, or let the deployer list this secret in ALLOW_REPAIR`,
  );
}

function requireUnprivileged(user: User, allowed: readonly string[]): void {
  const rights = user.accounts.flatMap(({ administrative }) => administrative);
  if (rights.length === 0 || allowed.includes(user.username)) return;
  throw new PrivilegedUserError(
    `${user.username} is an administrator (${rights.join(', ')}): use a user with an application's rights, or let the deployer list it in ALLOW_PRIVILEGED_USERS`,
  );
}

function requireMirrorable({ current, standby }: Pair): void {
  const of = (user: User) =>
    user.accounts.flatMap(({ host, unsupported }) =>
      unsupported.map((what) => `${user.username}@${host}: ${what}`),
    );
  const logins = current.accounts.flatMap(({ host, unsupportedLogin: what }) =>
    what === undefined ? [] : [`${current.username}@${host}: ${what}`],
  );
  const hosts = new Set(current.accounts.map(({ host }) => host));
  const strays = standby.accounts
    .filter(({ host }) => current.accounts.length > 0 && !hosts.has(host))
    .map(
      ({ host }) => `${standby.username}@${host}: an account at a host where ${current.username} has none`,
    );
  const found = [...of(current), ...logins, ...of(standby), ...strays];
  if (found.length === 0) return;
  throw new UnsupportedAccountError(`cannot be mirrored by this release: ${found.join('; ')}`);
}

/**
 * Judges both users before anything is changed, and says where the standby's rights come from.
 * @param versionId the version being rotated in
 * @param claim the secret that the users must be of
 * @throws {UserNameTooLongError}
 * @throws {CurrentUserMissingError}
 * @throws {InitialSetupNotAllowedError}
 * @throws {CurrentCredentialRejectedError}
 * @throws {StandbyOwnedElsewhereError | SharedUserError}
 * @throws {PrivilegedUserError}
 * @throws {UnsupportedAccountError}
 */
export async function judgePair(
  pair: Pair,
  current: Credential,
  versionId: string,
  claim: Claim,
  config: Pick<Config, 'initialSetup' | 'privilegedUsers' | 'repairs'>,
): Promise<Judgement> {
  requireNamesFit(pair);
  requireFewAccounts(pair);
  const isAbsent = pair.current.accounts.length === 0;
  if (isAbsent && pair.standby.accounts.length > 0 && !isUnfinishedSetup(pair, versionId)) {
    throw new CurrentUserMissingError(
      `${current.username} does not exist but ${pair.standby.username} does: the secret's current user was dropped or renamed${nameHint(current.username)}`,
    );
  }
  const repaired = !isAbsent && (await requireProved(pair, current, claim, config.repairs));
  await requireOwnUsers(pair, claim, repaired);
  requireUnprivileged(pair.current, config.privilegedUsers);
  requireUnprivileged(pair.standby, config.privilegedUsers);
  requireMirrorable(pair);
  const rights: StandbyOrder['rights'] = isAbsent
    ? { from: 'database', database: initialSetupDatabase(current, config) }
    : { from: 'current' };
  return { rights, repaired };
}

export interface Judgement {
  rights: StandbyOrder['rights'];
  /** The current credential did not hold; applications get one that does when this rotation is finished. */
  repaired: boolean;
}
