import type { Pair, Restoration } from '../databases/engine';
import { RotationSupersededError, SecretStoreUnavailableError } from '../errors';
import { log } from '../log';
import { secretMark } from '../secrets/secret-mark';
import type { SecretStore } from '../secrets/secret-store';
import { versionWith } from '../secrets/version-stages';
import { credentialIn } from './known-passwords';
import type { RotationState } from './state';

/** A login of AWSCURRENT that a rotation may have replaced, and how to put it back. */
type Replaced = Restoration & { username: string };

/**
 * Looks whether AWSCURRENT names the user that this rotation sets, though it is neither the version that the
 * rotation began with nor its own.
 * @throws {SecretStoreUnavailableError} when label and value do not agree: one of the two reads was late.
 */
export async function replacedLogin(
  { secretArn, versionId: ours, currentVersionId: base, pendingUser: username, host, port }: RotationState,
  secrets: SecretStore,
): Promise<Replaced | undefined> {
  const versionId = versionWith('AWSCURRENT', await secrets.describe(secretArn));
  if (versionId === undefined || versionId === ours || versionId === base) return undefined;
  const value = await secrets.read(secretArn, { stage: 'AWSCURRENT', versionId });
  if (value === undefined) {
    throw new SecretStoreUnavailableError(
      `two reads of ${secretArn} found AWSCURRENT on different versions: one of them was late`,
    );
  }
  const current = credentialIn(value);
  if (current?.username !== username || current.host !== host || current.port !== port) return undefined;
  const own = await secrets.read(secretArn, { versionId: ours });
  const pending = own && credentialIn(own);
  if (pending?.username !== username) return undefined;
  const marker = { versionId, initialSetup: false, secret: secretMark(secretArn) };
  return { username, password: current.password, insteadOf: pending.password, marker };
}

/**
 * Runs `use`, and when `use` finds that the rotation was overtaken, gives the current user its own password back.
 *
 * FinishSecret promotes by a compare-and-swap on AWSCURRENT alone, and a request may arrive late: a rival's
 * promotion can name a user that this rotation has set meanwhile. So whoever set the standby last proves that
 * its own version was promoted or, under the pair's lock, puts back what AWSCURRENT says. Nothing is done unless
 * the server holds the hash of this rotation's own password: then no one has set the user since, whatever a late
 * read of the labels says.
 * @throws {RotationSupersededError} as `use` does; its message says whether a login was restored.
 */
export async function restoringWhenOvertaken<Result>(
  state: RotationState,
  pair: Pair,
  secrets: SecretStore,
  use: () => Promise<Result>,
): Promise<Result> {
  try {
    return await use();
  } catch (error) {
    if (!(error instanceof RotationSupersededError)) throw error;
    const replaced = await replacedLogin(state, secrets);
    if (replaced === undefined || !(await pair.restoreStandby(replaced))) throw error;
    log.warn('the password of AWSCURRENT, which this rotation had replaced, was restored', {
      currentUser: replaced.username,
      versionId: replaced.marker.versionId,
    });
    throw new RotationSupersededError(
      `${error.message}, but restored the login of AWSCURRENT, which this rotation had replaced`,
    );
  }
}
