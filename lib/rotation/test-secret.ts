import type { Config } from '../config';
import type { DatabaseEngine, Login, OwnRights } from '../databases/engine';
import { PendingCredentialRejectedError, PrivilegeParityError, ProofOutdatedError } from '../errors';
import { log } from '../log';
import type { Credential } from '../secrets/credential';
import type { SecretStore } from '../secrets/secret-store';
import { readToTest, type CredentialsToTest } from './fence';
import { setAgainOr } from './set-again';
import { SCHEMA_VERSION, type TestSecretInput, type TestSecretResult } from './state';
import { tlsPolicy } from './tls-policy';

export interface TestSecretPorts {
  secrets: SecretStore;
  engine: DatabaseEngine;
  config: Config;
}

/**
 * Logs in with the pending credential, and with the current one, and compares the rights of both, as the users
 * see them themselves, with what SetSecret proved: rights that an administrator, or the application itself, has
 * changed since must not be lost. Changes nothing, so it is safe to repeat.
 * @throws {ProofOutdatedError} in a redrive, when SetSecret's proof is of another run: caught at once, because
 *   repeating this step cannot mend that.
 * @throws {SetAgainRequiredError} retried first, because a new password takes a moment to reach every server,
 *   then caught: login or rights do not hold, and SetSecret may mend that.
 * @throws {PendingCredentialRejectedError | PrivilegeParityError} the same, when SetSecret was run again already.
 */
export async function testSecret(
  { state, redriveCount }: TestSecretInput,
  { secrets, engine, config }: TestSecretPorts,
): Promise<TestSecretResult> {
  const { standing, pending, current } = await readToTest(state, secrets);
  if (standing === 'open' && state.setSecret.redriveCount !== redriveCount) {
    throw new ProofOutdatedError(
      `the rights of ${state.pendingUser} were proved equal before this redrive: SetSecret is run once more`,
    );
  }
  const proved = state.setSecret;
  // Without digests there was no current user; and a login that is known to fail would count as an attempt.
  const isComparable = current !== undefined && proved.currentDigests !== undefined && !proved.repaired;
  try {
    const { host, port, username } = pending;
    const own = await engine.inspectSelf(
      { host, port },
      loginOf(pending, config),
      isComparable ? loginOf(current, config) : undefined,
    );
    const account = requireProvedRights(own, username, standing, proved.rightsDigests);
    if (isComparable) requireSameAsCurrent(own, current.username, proved.currentDigests ?? {});
    return { schemaVersion: SCHEMA_VERSION, versionId: state.versionId, account, redriveCount };
  } catch (error) {
    const isMendable =
      error instanceof PendingCredentialRejectedError || error instanceof PrivilegeParityError;
    // A promoted version is not set again: its user is the applications' by now.
    if (!isMendable || standing === 'promoted') throw error;
    throw setAgainOr(redriveCount, state.setAgain, error);
  }
}

const loginOf = ({ username, password, ssl }: Credential, config: Config): Login => ({
  username,
  password,
  tls: tlsPolicy(ssl, config),
});

/** @returns the account's name @throws {PrivilegeParityError} */
function requireProvedRights(
  { account, rightsDigest }: OwnRights,
  username: string,
  standing: CredentialsToTest['standing'],
  expected: Readonly<Record<string, string>> | undefined,
): string {
  const name = `${account.username}@${account.host}`;
  if (account.username !== username || (expected !== undefined && !(account.host in expected))) {
    throw new PrivilegeParityError(
      `the server takes ${username} for ${name}, an account that SetSecret did not build: remove it, or the anonymous user that shadows it`,
    );
  }
  // Once promoted, an administrator may have changed the rights rightly.
  if (standing === 'open' && expected !== undefined && expected[account.host] !== rightsDigest) {
    throw new PrivilegeParityError(
      `the rights of ${name} are not those that SetSecret proved: somebody changed them since`,
    );
  }
  return name;
}

/**
 * Requires that the current user has the rights that SetSecret copied, and both users the same options. Rights
 * are compared with what the same user had then, because the pending user may go without some on purpose.
 * @throws {PrivilegeParityError}
 */
function requireSameAsCurrent(
  own: OwnRights & { current?: OwnRights | undefined },
  username: string,
  expected: Readonly<Record<string, string>>,
): void {
  const { current } = own;
  if (current === undefined) {
    log.warn('the current user does not log in, so its rights are those that SetSecret saw', {
      currentUser: username,
    });
    return;
  }
  const name = `${current.account.username}@${current.account.host}`;
  if (expected[current.account.host] !== current.rightsDigest) {
    throw new PrivilegeParityError(
      `the rights of the current user ${name} are not those that SetSecret copied: somebody changed them since`,
    );
  }
  if (current.account.host === own.account.host && current.optionsDigest !== own.optionsDigest) {
    throw new PrivilegeParityError(
      `the options or default roles of ${own.account.username} and of the current user ${name} differ: somebody changed them since SetSecret`,
    );
  }
}
