import type { Config } from '../config';
import type { DatabaseEngine } from '../databases/engine';
import { PrivilegeParityError } from '../errors';
import type { SecretStore } from '../secrets/secret-store';
import { readPending } from './fence';
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
 * @throws {PendingCredentialRejectedError} retried: a new password takes a moment to reach every server.
 * @throws {PrivilegeParityError}
 */
export async function testSecret(
  state: TestSecretInput,
  { secrets, engine, config }: TestSecretPorts,
): Promise<TestSecretResult> {
  const { standing, pending } = await readPending(state, secrets);
  const { host, port, username, password, ssl } = pending;
  const { account, rightsDigest } = await engine.inspectSelf(
    { host, port },
    { username, password, tls: tlsPolicy(ssl, config) },
  );
  const name = `${account.username}@${account.host}`;
  const expected = state.setSecret.rightsDigests;
  if (account.username !== username || (expected !== undefined && !(account.host in expected))) {
    throw new PrivilegeParityError(
      `the server takes ${username} for ${name}, an account that SetSecret did not build: remove it, or the anonymous user that shadows it`,
    );
  }
  // Once promoted, an administrator may have changed the rights rightly.
  if (standing === 'open' && expected !== undefined && expected[account.host] !== rightsDigest) {
    throw new PrivilegeParityError(
      `the rights of ${name} are not those that SetSecret proved: somebody changed them since; start a new rotation`,
    );
  }
  return { schemaVersion: SCHEMA_VERSION, versionId: state.versionId, account: name };
}
