import type { Marker } from '../databases/engine';
import { log } from '../log';
import type { SecretStore } from '../secrets/secret-store';
import { requireAgreement } from './agreement';
import { judgeStanding, readFenced, superseded } from './fence';
import { judgePair } from './judge-pair';
import { standbyUser } from './standby-user';
import { SCHEMA_VERSION, type RotationState, type SetSecretResult } from './state';
import { withMaster, type MasterPorts } from './with-master';

/**
 * Makes the database accept the pending credential, with exactly the rights of the current one. Everything
 * that can be judged is judged before the first change, and the password comes last. Safe to repeat, and
 * late: a finished standby is left alone, and a rotation that was overtaken changes nothing.
 */
export async function setSecret(state: RotationState, ports: MasterPorts): Promise<SetSecretResult> {
  const { versionId } = state;
  const result = { schemaVersion: SCHEMA_VERSION, versionId, initialSetup: false } as const;
  const fenced = await readFenced(state, ports.secrets);
  if (fenced.standing === 'promoted')
    return { ...result, changed: false, granted: 0, revoked: 0, skipped: [] };

  const { current, pending } = fenced;
  const users = {
    current: current.username,
    standby: standbyUser(current.username, current.engine, ports.config),
  };
  requireAgreement(current, pending, users.standby);

  return withMaster(current, users, state.masterRotating, ports, async (pair) => {
    await requireOwnStandby(state, pair.marker, ports.secrets);
    const rights = judgePair(pair, current, versionId, ports.config);
    const initialSetup = rights.from === 'database';
    if (initialSetup) log.info('initial setup: neither user existed');
    const { password } = pending;
    const report = await pair.buildStandby({
      rights,
      password,
      marker: { versionId, initialSetup },
      allowMissing: ports.config.missingRights,
    });
    const { changed, rightsDigests, skipped } = report;
    const [granted, revoked] = [report.granted.length, report.revoked.length];
    for (const warning of report.warnings) log.warn(warning);
    if (skipped.length > 0) log.warn(`rights that the standby user does not get: ${skipped.join('; ')}`);
    log.info(changed ? 'the standby user was set' : 'the standby user was as it should be', {
      pendingUser: users.standby,
      changed,
      granted,
      revoked,
    });
    return { ...result, changed, initialSetup, granted, revoked, skipped, rightsDigests };
  });
}

/**
 * The standby must not have been set by a newer rotation. Read under the pair's lock: when the marker is
 * ours, or names the version that was AWSPREVIOUS when we started, nobody has set this user since. Any other
 * case is judged by labels read now, after the lock was had.
 * @throws {RotationSupersededError}
 */
async function requireOwnStandby(
  state: RotationState,
  marker: Marker | undefined,
  secrets: SecretStore,
): Promise<void> {
  const setBy = marker?.versionId;
  if (setBy === state.versionId) return;
  if (setBy !== undefined && setBy === state.previousVersionId) return;
  const secret = await secrets.describe(state.secretArn);
  if (judgeStanding(state, secret) === 'promoted') throw superseded(state, 'it has been promoted meanwhile');
  const labels = setBy === undefined ? [] : (secret.stages[setBy] ?? []);
  if (labels.includes('AWSCURRENT') || labels.includes('AWSPENDING')) {
    throw superseded(
      state,
      `the standby user was set by version ${setBy ?? ''}, which is ${labels.join(', ')}`,
    );
  }
}
