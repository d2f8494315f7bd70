import { boundedList, RIGHTS_BYTES } from '../bounded';
import type { Marker, Pair, StandbyReport } from '../databases/engine';
import { EndpointMismatchError, MasterMismatchError, UserMismatchError } from '../errors';
import { log } from '../log';
import type { Credential } from '../secrets/credential';
import { secretMark } from '../secrets/secret-mark';
import type { SecretStore } from '../secrets/secret-store';
import { requireAgreement } from './agreement';
import { judgeStanding, readFenced, superseded } from './fence';
import { requireLogin } from './judge-login';
import { judgePair } from './judge-pair';
import { listedMaster } from './listed-master';
import { readOtherSecrets } from './other-secrets';
import { replacedLogin, restoringWhenOvertaken } from './restore-login';
import { requireNoOtherLogin } from './shared-user';
import { standbyUser } from './standby-user';
import { SCHEMA_VERSION, type RotationState, type SetSecretInput, type SetSecretResult } from './state';
import { tlsPolicy } from './tls-policy';
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
 * standby is left alone, and a rotation that was overtaken changes nothing but what it had set itself.
 * @throws {RotationSupersededError} when the rotation was overtaken; if a rival promoted the user that this
 *   rotation has set, that user has its password back.
 */
export async function setSecret(input: SetSecretInput, ports: MasterPorts): Promise<SetSecretResult> {
  const { state } = input;
  const isOvertaken = state.superseded !== undefined;
  if (isOvertaken && (await replacedLogin(state, ports.secrets)) === undefined) {
    return judgeAgain(input, ports); // without the database, whose host may have been corrected
  }
  return withMaster(state, ports, (pair) =>
    restoringWhenOvertaken(state, pair, ports.secrets, () =>
      isOvertaken ? judgeAgain(input, ports) : buildStandby(pair, input, ports),
    ),
  );
}

const resultOf = ({ state: { versionId }, redriveCount }: SetSecretInput) =>
  ({ schemaVersion: SCHEMA_VERSION, versionId, redriveCount }) as const;

/** A later step found that the rotation was overtaken, and sent the machine back here. It does not go on. */
async function judgeAgain(input: SetSecretInput, { secrets }: MasterPorts): Promise<SetSecretResult> {
  const standing = judgeStanding(input.state, await secrets.describe(input.state.secretArn));
  if (standing === 'promoted') return { ...resultOf(input), ...NOTHING_DONE };
  throw superseded(input.state, 'its labels were moved away for a while');
}

async function buildStandby(
  pair: Pair,
  input: SetSecretInput,
  { secrets, config }: MasterPorts,
): Promise<SetSecretResult> {
  const { state } = input;
  const { versionId } = state;
  const fenced = await readFenced(state, secrets);
  if (fenced.standing === 'promoted') {
    return { ...resultOf(input), ...NOTHING_DONE };
  }
  const { current, pending } = fenced;
  requireSamePair(state, current, config);
  requireAgreement(current, pending, state.pendingUser, state);
  const hasRival = await requireOwnStandby(input, pair.marker, secrets);

  const { secretArn, currentVersionId, previousVersionId } = state;
  const versionIds = [versionId, currentVersionId, previousVersionId];
  const claim = { secrets, config, secretArn, versionIds };
  const { rights, repaired } = await judgePair(pair, current, versionId, claim, config);
  await requireUnshared(pair, secretArn, { secrets, config });
  await requireLogin(pair, rights, tlsPolicy(pending.ssl, config));
  const initialSetup = rights.from === 'database';
  if (initialSetup) log.info('initial setup: neither user existed');
  if (repaired) log.warn('the current credential does not hold; this rotation repairs it');
  const report = await pair.buildStandby({
    rights,
    password: pending.password,
    marker: { versionId, initialSetup, secret: secretMark(secretArn) },
    allowMissing: config.missingRights,
  });
  const { changed, rightsDigests, currentDigests } = report;
  const skipped = boundedList(report.skipped, RIGHTS_BYTES);
  const [granted, revoked] = [report.granted.length, report.revoked.length];
  logReport(state.pendingUser, { ...report, skipped });
  // A rival's promotion may have arrived while its user was being set: better to know now than in TestSecret.
  if (hasRival) judgeStanding(state, await secrets.describe(state.secretArn));
  return {
    ...resultOf(input),
    changed,
    initialSetup,
    repaired,
    granted,
    revoked,
    skipped,
    rightsDigests,
    currentDigests,
  };
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

/** @throws {SharedUserError} */
async function requireUnshared(
  pair: Pair,
  secretArn: string,
  { secrets, config }: Pick<MasterPorts, 'secrets' | 'config'>,
): Promise<void> {
  const { others, notCompared } = await readOtherSecrets(secrets, secretArn, config);
  if (notCompared.length > 0) {
    log.warn(`secrets that could not be read, and may have the same users: ${notCompared.join(', ')}`);
  }
  requireNoOtherLogin(pair, secretArn, others);
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
 * as they were; but reads of Secrets Manager may be late, and the marker is not. One that names the version that
 * was AWSPREVIOUS when we started, or none, is as expected; about any other the labels are asked again. The same
 * for our own and in a redrive: the version may have been promoted, and then withdrawn.
 * @returns whether a rival has set the standby
 * @throws {RotationSupersededError}
 */
async function requireOwnStandby(
  { state, redriveCount }: SetSecretInput,
  marker: Marker | undefined,
  secrets: SecretStore,
): Promise<boolean> {
  const setBy = marker?.versionId;
  const isExpected = setBy === undefined || setBy === state.previousVersionId;
  if (isExpected && redriveCount === 0) return false;
  const secret = await secrets.describe(state.secretArn);
  if (judgeStanding(state, secret) === 'promoted') throw superseded(state, 'it has been promoted meanwhile');
  if (isExpected || setBy === state.versionId) return false;
  const labels = secret.stages[setBy] ?? [];
  if (labels.includes('AWSCURRENT') || labels.includes('AWSPENDING')) {
    throw superseded(state, `the standby user was set by version ${setBy}, which is ${labels.join(', ')}`);
  }
  return true;
}
