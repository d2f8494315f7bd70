import type { Config } from '../config';
import type { DatabaseEngine, OwnRights } from '../databases/engine';
import { PendingCredentialRejectedError, PrivilegeParityError, ProofOutdatedError } from '../errors';
import type { SecretStore } from '../secrets/secret-store';
import { readPending, type Standing } from './fence';
import { setAgainOr } from './set-again';
import { SCHEMA_VERSION, type TestSecretInput, type TestSecretResult } from './state';
import { tlsPolicy } from './tls-policy';

export interface TestSecretPorts {
  secrets: SecretStore;
  engine: DatabaseEngine;
  config: Config;
}

/**
 * Logs in with the pending credential and compares its rights, as that user sees them itself, with what
 * SetSecret proved. Changes nothing, so it is safe to repeat.
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
  const { standing, pending } = await readPending(state, secrets);
  if (standing === 'open' && state.setSecret.redriveCount !== redriveCount) {
    throw new ProofOutdatedError(
      `the rights of ${state.pendingUser} were proved equal before this redrive: SetSecret is run once more`,
    );
  }
  const { host, port, username, password, ssl } = pending;
  const login = { username, password, tls: tlsPolicy(ssl, config) };
  try {
    const own = await engine.inspectSelf({ host, port }, login);
    const account = requireProvedRights(own, username, standing, state.setSecret.rightsDigests);
    return { schemaVersion: SCHEMA_VERSION, versionId: state.versionId, account, redriveCount };
  } catch (error) {
    const isMendable =
      error instanceof PendingCredentialRejectedError || error instanceof PrivilegeParityError;
    // A promoted version is not set again: its user is the applications' by now.
    if (!isMendable || standing === 'promoted') throw error;
    throw setAgainOr(redriveCount, state.setAgain, error);
  }
}

/** @returns the account's name @throws {PrivilegeParityError} */
function requireProvedRights(
  { account, rightsDigest }: OwnRights,
  username: string,
  standing: Standing,
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
