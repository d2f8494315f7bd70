import type { Pair } from '../databases/engine';
import type { Credential } from '../secrets/credential';
import { knownPasswords, type KnownPassword } from './known-passwords';
import type { Claim } from './own-users';

/**
 * Whether this service itself took the current login away: the current user has, where it has not the password
 * of AWSCURRENT, that of another version of this very secret, which a rotation has set. That rotation crashed for good
 * after a rival's promotion came late, or AWSCURRENT was moved back by hand. Whoever writes the secret gains
 * nothing by it: the version's password must be the user's already.
 *
 * A password that its owner mistyped in AWSCURRENT is not this service's doing: no rotation has set the user since.
 */
export async function isOwnDoing(
  pair: Pair,
  { username, password }: Pick<Credential, 'username' | 'password'>,
  { secrets, secretArn }: Pick<Claim, 'secrets' | 'secretArn'>,
): Promise<boolean> {
  let open = pair.hostsNotProvedBy(password);
  if (open.length === 0) return false;
  const current = await secrets.read(secretArn, { stage: 'AWSCURRENT' });
  const markers = new Map(pair.current.accounts.map(({ host, marker }) => [host, marker]));
  const isSetByRotation = (host: string, known: KnownPassword): boolean => {
    const marker = markers.get(host);
    if (marker !== undefined) return marker.versionId === known.versionId;
    // Without a marker only the versions tell: one that came after AWSCURRENT, or waits, was made by a rotation.
    const [made, since] = [known.createdAt, current?.createdAt];
    return known.stage === 'AWSPENDING' || (made !== undefined && since !== undefined && made > since);
  };
  for await (const known of knownPasswords(secrets, secretArn, username)) {
    const refuted = new Set(pair.hostsNotProvedBy(known.password));
    open = open.filter((host) => refuted.has(host) || !isSetByRotation(host, known));
    if (open.length === 0) return true;
  }
  return false;
}
