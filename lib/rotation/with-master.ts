import type { Config } from '../config';
import type { DatabaseEngine, Pair, PairNames } from '../databases/engine';
import { hostAndPort } from '../databases/host-name';
import { EndpointMismatchError, MasterCredentialRejectedError, MasterUserConflictError } from '../errors';
import type { MasterCredential } from '../secrets/credential';
import { masterCandidates } from '../secrets/master-credential';
import type { SecretStore } from '../secrets/secret-store';
import { requireListed } from './listed-master';
import type { RotationState } from './state';
import { tlsPolicy } from './tls-policy';

export interface MasterPorts {
  secrets: SecretStore;
  engine: DatabaseEngine;
  config: Config;
  now: () => Date;
}

/**
 * Whether a master's password may go there: to the endpoint that its own secret names, or to one that the deployer
 * listed for this very master. One that is listed for another master counts for nothing here.
 */
function isMastersEndpoint(
  { host, port, masterArn }: Pick<MasterTask, 'host' | 'port' | 'masterArn'>,
  master: MasterCredential,
  { endpoints }: Pick<Config, 'endpoints'>,
): boolean {
  const own = master.host === undefined ? [] : [{ masterArn, host: master.host, port: master.port }];
  return [...own, ...endpoints].some(
    (known) => known.masterArn === masterArn && known.host === host && known.port === port,
  );
}

function endpointMismatch(
  { host, port, masterArn }: Pick<MasterTask, 'host' | 'port' | 'masterArn'>,
  { host: own }: MasterCredential,
): EndpointMismatchError {
  const place = hostAndPort({ host, port });
  return new EndpointMismatchError(
    `host and port of the secret (${place}) are neither those of the master secret ${masterArn} nor listed for it in DB_ENDPOINTS${
      own === undefined ? ' (the master secret names no host)' : ''
    }: correct the secret, or let the deployer list ${masterArn}=${place}`,
  );
}

function requireOtherThanMaster({ current, standby }: PairNames, master: MasterCredential): void {
  const same = [current, standby].find((username) => username === master.username);
  if (same === undefined) return;
  throw new MasterUserConflictError(
    `the user ${same} is the master itself: the secret needs a user of its own, and so does its standby`,
  );
}

/** What CreateSecret found out, as far as it decides where the master goes and on whom it acts. */
export type MasterTask = Pick<
  RotationState,
  'host' | 'port' | 'masterArn' | 'masterRotating' | 'currentUser' | 'pendingUser'
>;

/**
 * Opens the pair as the master, trying each credential that may be the master's at this moment once. Nothing
 * of the task is trusted: the master must be listed, and its password goes to its own endpoint.
 * @throws {MasterCredentialRejectedError} when all are rejected: the state machine waits, and the next try
 *   reads the master's secret anew.
 * @throws {EndpointMismatchError}
 * @throws {MasterUserConflictError}
 * @throws {MasterMismatchError}
 */
export async function withMaster<Result>(
  { host, port, masterArn, masterRotating, currentUser, pendingUser }: MasterTask,
  { secrets, engine, config, now }: MasterPorts,
  use: (pair: Pair) => Promise<Result>,
): Promise<Result> {
  const users = { current: currentUser, standby: pendingUser };
  requireListed(masterArn, config);
  let mismatch: EndpointMismatchError | undefined;
  let isRejected = false;
  for await (const master of masterCandidates(secrets, masterArn, masterRotating, now())) {
    // Another version of the master's secret may name this server.
    if (!isMastersEndpoint({ host, port, masterArn }, master, config)) {
      mismatch ??= endpointMismatch({ host, port, masterArn }, master);
      continue;
    }
    requireOtherThanMaster(users, master);
    const login = {
      username: master.username,
      password: master.password,
      tls: tlsPolicy(master.ssl, config),
    };
    try {
      return await engine.withPair({ host, port }, login, users, use);
    } catch (error) {
      if (!(error instanceof MasterCredentialRejectedError)) throw error;
      isRejected = true;
    }
  }
  if (mismatch !== undefined && !isRejected) throw mismatch;
  throw new MasterCredentialRejectedError(
    `no version of the master secret ${masterArn} logs in to ${host}:${port}: a concurrent master rotation, or its password was changed by hand; a server says the same when the master's account requires TLS or a certificate that the login lacks (\`ssl\` of the master secret), and when it has no account for this Lambda's address`,
  );
}
