import type { Config } from '../config';
import { userNameLimit } from '../databases/engine-names';
import { UserMismatchError, UserNameTooLongError } from '../errors';

type Naming = Pick<Config, 'appUsers' | 'usernameSuffix'>;

function derive(currentUser: string, { appUsers, usernameSuffix: suffix }: Naming): string {
  if (appUsers !== undefined) {
    const [first, second] = appUsers;
    if (currentUser === first) return second;
    if (currentUser === second) return first;
    throw new UserMismatchError(
      `username of the secret is neither APP_USER_1 (${first}) nor APP_USER_2 (${second})`,
    );
  }
  if (!currentUser.endsWith(suffix)) return currentUser + suffix;
  if (currentUser === suffix) {
    throw new UserMismatchError(`username of the secret is the suffix itself: no standby can be derived`);
  }
  return currentUser.slice(0, -suffix.length);
}

/**
 * Servers take blanks off the ends of a user name, or compare names without them: `app ` would be `app`, and a
 * standby of that name the current user itself.
 */
function requireNoBlanksAround(...names: string[]): void {
  const name = names.find((text) => text !== text.trim());
  if (name === undefined) return;
  throw new UserMismatchError(
    `user name "${name}" begins or ends with a blank, which the server takes off: correct the secret's username, APP_USER_1 and APP_USER_2, or USERNAME_SUFFIX`,
  );
}

/** Servers count code points, not UTF-16 units. */
const characters = (name: string): number => Array.from(name).length;

/**
 * The user that alternates with `currentUser`.
 * @throws {UserMismatchError} when the current user is outside the deployer's pair, or a name is none on a server.
 * @throws {UserNameTooLongError} before anything is written, where the engine's limit is known.
 */
export function standbyUser(currentUser: string, engine: string, naming: Naming): string {
  const standby = derive(currentUser, naming);
  requireNoBlanksAround(currentUser, standby);
  const limit = userNameLimit(engine);
  const longest = [currentUser, standby].find((name) => characters(name) > limit);
  if (longest !== undefined) {
    throw new UserNameTooLongError(
      `user name ${longest} has ${characters(longest)} characters, ${engine} allows ${limit}: set APP_USER_1 and APP_USER_2, or a shorter USERNAME_SUFFIX`,
    );
  }
  return standby;
}
