import type { Pair } from '../databases/engine';
import type { Credential } from '../secrets/credential';
import { knownPasswords } from './known-passwords';
import type { Claim } from './own-users';

/**
 * Whether this service itself took the current login away: the current user has, where it has not the password
 * of AWSCURRENT, that of another version of this very secret. A rotation that set the user last crashed for good
 * after a rival's promotion came late, or AWSCURRENT was moved back by hand. Whoever writes the secret gains
 * nothing by it: the version's password must be the user's already.
 */
export async function isOwnDoing(
  pair: Pair,
  { username, password }: Pick<Credential, 'username' | 'password'>,
  { secrets, secretArn }: Pick<Claim, 'secrets' | 'secretArn'>,
): Promise<boolean> {
  let open = pair.hostsNotProvedBy(password);
  if (open.length === 0) return false;
  for await (const known of knownPasswords(secrets, secretArn, username)) {
    const others = new Set(pair.hostsNotProvedBy(known.password));
    open = open.filter((host) => others.has(host));
    if (open.length === 0) return true;
  }
  return false;
}
