import type { Config } from '../config';
import type { Pair } from '../databases/engine';
import { SharedUserError, UserMismatchError, UserNameTooLongError } from '../errors';
import type { Credential } from '../secrets/credential';
import type { OtherSecret } from './other-secrets';
import { standbyUser } from './standby-user';

/**
 * Requires that no other secret of the deployer logs in as the standby, whose password this rotation is about to
 * replace. The name alone proves nothing: it may be of another server, and whoever writes a secret could stop the
 * rotations of another one with it.
 * @throws {SharedUserError}
 */
export function requireNoOtherLogin(
  pair: Pick<Pair, 'standby' | 'standbyHostsProvedBy'>,
  secretArn: string,
  others: readonly OtherSecret[],
): void {
  const { username, accounts } = pair.standby;
  if (accounts.length === 0) return;
  const other = others.find(
    ({ current }) => current.username === username && pair.standbyHostsProvedBy(current.password).length > 0,
  );
  if (other === undefined) return;
  throw shared(secretArn, other.arn, username);
}

/**
 * Requires that no other secret of the deployer has a user on the same server that is this secret's current or
 * standby user: one rotation would replace the password that the other secret holds.
 * @throws {SharedUserError}
 */
export function requireUsersOfItsOwn(
  secretArn: string,
  current: Credential,
  standby: string,
  others: readonly OtherSecret[],
  naming: Pick<Config, 'appUsers' | 'usernameSuffix'>,
): void {
  const own = [current.username, standby];
  for (const { arn, current: other } of others) {
    if (other.host !== current.host || other.port !== current.port) continue;
    const user = usersOf(other, naming).find((name) => own.includes(name));
    if (user !== undefined) throw shared(secretArn, arn, user);
  }
}

/** Another secret's own faults are found by its own preflight. */
function usersOf(other: Credential, naming: Pick<Config, 'appUsers' | 'usernameSuffix'>): string[] {
  try {
    return [other.username, standbyUser(other.username, other.engine, naming)];
  } catch (error) {
    if (error instanceof UserMismatchError || error instanceof UserNameTooLongError) return [other.username];
    throw error;
  }
}

function shared(secretArn: string, otherArn: string, user: string): SharedUserError {
  return new SharedUserError(
    `the secrets ${secretArn} and ${otherArn} meet in the user ${user}: rotating one would make the other's password invalid. Give each secret a user of its own, with another name than the other's standby user, or keep one secret and let both applications read it`,
  );
}
