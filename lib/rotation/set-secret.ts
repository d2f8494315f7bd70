import { boundedList, RIGHTS_BYTES } from '../bounded';
import type { Marker, StandbyReport } from '../databases/engine';
import { EndpointMismatchError, MasterMismatchError, UserMismatchError } from '../errors';
import { log } from '../log';
import type { Credential } from '../secrets/credential';
import type { SecretStore } from '../secrets/secret-store';
import { requireAgreement } from './agreement';
import { judgeStanding, readFenced, superseded } from './fence';
import { judgePair } from './judge-pair';
import { listedMaster } from './listed-master';
import { standbyUser } from './standby-user';
import { SCHEMA_VERSION, type RotationState, type SetSecretInput, type SetSecretResult } from './state';
import { withMaster, type MasterPorts } from './with-master';

/** The result of a step that came after its own rotation had finished. */
const NOTHING_DONE = {
  changed: false,
  initialSetup: false,
  repaired: false,
  granted: 0,
  revoked: 0,
  skipped: [],
};

/**
 * Makes the database accept the pending credential, with exactly the rights of the current one. The versions
 * are read under the lock on the pair, so that their labels hold while this step works; everything that can be
 * judged is judged before the first change, and the password comes last. Safe to repeat, and late: a finished
 * standby is left alone, and a rotation that was overtaken changes nothing.
 */
export async function setSecret(
  { state, redriveCount }: SetSecretInput,
  ports: MasterPorts,
): Promise<SetSecretResult> {
  const { versionId } = state;
  const result = { schemaVersion: SCHEMA_VERSION, versionId, redriveCount } as const;
  return withMaster(state, ports, async (pair) => {
    const fenced = await readFenced(state, ports.secrets);
    if (fenced.standing === 'promoted') {
      return { ...result, ...NOTHING_DONE };
    }
    const { current, pending } = fenced;
    requireSamePair(state, current, ports.config);
    requireAgreement(current, pending, state.pendingUser);
    await requireOwnStandby(state, pair.marker, ports.secrets);

    const { rights, repaired } = judgePair(pair, current, versionId, ports.config);
    const initialSetup = rights.from === 'database';
    if (initialSetup) log.info('initial setup: neither user existed');
    if (repaired) log.warn('the current credential does not hold; this rotation repairs it');
    const report = await pair.buildStandby({
      rights,
      password: pending.password,
      marker: { versionId, initialSetup },
      allowMissing: ports.config.missingRights,
    });
    const { changed, rightsDigests } = report;
    const skipped = boundedList(report.skipped, RIGHTS_BYTES);
    const [granted, revoked] = [report.granted.length, report.revoked.length];
    logReport(state.pendingUser, { ...report, skipped });
    return { ...result, changed, initialSetup, repaired, granted, revoked, skipped, rightsDigests };
  });
}

function logReport(
  pendingUser: string,
  { changed, granted, revoked, warnings, skipped }: StandbyReport,
): void {
  for (const warning of boundedList(warnings, RIGHTS_BYTES)) log.warn(warning);
  if (skipped.length > 0) log.warn(`rights that the standby user does not get: ${skipped.join('; ')}`);
  log.info(changed ? 'the standby user was set' : 'the standby user was as it should be', {
    pendingUser,
    changed,
    granted: granted.length,
    revoked: revoked.length,
  });
}

/**
 * The state said where to go and on whom to act; the secret has the last word, and today's settings.
 * @throws {UserMismatchError}
 * @throws {EndpointMismatchError}
 * @throws {MasterMismatchError}
 */
function requireSamePair(state: RotationState, current: Credential, config: MasterPorts['config']): void {
  const standby = standbyUser(current.username, current.engine, config);
  if (current.username !== state.currentUser || standby !== state.pendingUser) {
    throw new UserMismatchError(
      `this rotation is about ${state.currentUser} and ${state.pendingUser}, the secret and the settings about ${current.username} and ${standby}: start a new rotation`,
    );
  }
  if (current.host !== state.host || current.port !== state.port) {
    throw new EndpointMismatchError('host and port of the secret are not those of this rotation');
  }
  if (listedMaster(current, config) !== state.masterArn) {
    throw new MasterMismatchError('masterarn of the secret is not the master of this rotation');
  }
}

/**
 * The standby must not have been set by a newer rotation. The labels were read under the pair's lock and are
 * as they were; but reads of Secrets Manager may be late, and the marker is not. One that names our version,
 * or the one that was AWSPREVIOUS when we started, or none, is as expected; about any other the labels are
 * asked again.
 * @throws {RotationSupersededError}
 */
async function requireOwnStandby(
  state: RotationState,
  marker: Marker | undefined,
  secrets: SecretStore,
): Promise<void> {
  const setBy = marker?.versionId;
  if (setBy === undefined || setBy === state.versionId || setBy === state.previousVersionId) return;
  const secret = await secrets.describe(state.secretArn);
  if (judgeStanding(state, secret) === 'promoted') throw superseded(state, 'it has been promoted meanwhile');
  const labels = secret.stages[setBy] ?? [];
  if (labels.includes('AWSCURRENT') || labels.includes('AWSPENDING')) {
    throw superseded(state, `the standby user was set by version ${setBy}, which is ${labels.join(', ')}`);
  }
}
