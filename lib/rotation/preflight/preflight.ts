import { boundedList, RIGHTS_BYTES } from '../../bounded';
import type { ConnectionProbe } from '../../databases/probe';
import { RotationError, SecretAccessDeniedError, SecretStoreUnavailableError } from '../../errors';
import { log } from '../../log';
import { isMasterRotating } from '../../secrets/master-credential';
import type { SecretDescription, SecretStore } from '../../secrets/secret-store';
import { secretMark } from '../../secrets/secret-mark';
import { pendingVersion } from '../../secrets/version-stages';
import { requireLogin } from '../judge-login';
import { judgePair } from '../judge-pair';
import { readOtherSecrets } from '../other-secrets';
import { prepare } from '../pending-version';
import { requireRotatable } from '../rotatable';
import { requireTimeHasCome } from '../scheduled-time';
import { requireNoOtherLogin, requireUsersOfItsOwn } from '../shared-user';
import { SCHEMA_VERSION, type CreateSecretInput } from '../state';
import { tlsPolicy } from '../tls-policy';
import { deriveVersionId } from '../version-id';
import { withMaster, type MasterPorts } from '../with-master';
import { ProbedEngine } from './probed-engine';
import { throughLayers, type LayerVerdict } from './progress';
import { rehearsedPassword } from './rehearsed-password';

export interface PreflightPorts extends MasterPorts {
  probe: ConnectionProbe;
}

export interface PreflightReport {
  schemaVersion: typeof SCHEMA_VERSION;
  operation: 'preflight';
  secretArn: string;
  layers: LayerVerdict[];
  currentUser: string;
  standbyUser: string;
  /** What SetSecret would do: counts, and the rights that the standby would not get, in words. */
  plan: { granted: number; revoked: number; options: number; skipped: string[] };
  /** Secrets of the deployer that may have the same users and could not be read; absent when there is none. */
  notCompared?: string[];
}

/**
 * Probes everything that a rotation needs, one layer after the other, and tells what it would do. Nothing is
 * written, neither to the secret nor to the database, so it is safe to repeat, beside a rotation too: of that
 * it only holds the lock on the pair, as long as it takes to read both users.
 */
export async function preflight(
  { input, executionArn }: CreateSecretInput,
  { probe, ...ports }: PreflightPorts,
): Promise<PreflightReport> {
  const { secrets, config, now } = ports;
  requireTimeHasCome(input.scheduledTime, now());
  return throughLayers(async (progress) => {
    const answer = await ask(secrets, input.secretId);
    progress.pass('secrets-manager');

    if (answer instanceof RotationError) throw answer;
    const secret = answer;
    log.bindAlso({ secretArn: secret.arn });
    requireRotatable(secret, input.owner);
    const preparation = await prepare(secrets, config, secret);
    const { current, standby, masterArn } = preparation;
    const { others, notCompared } = await readOtherSecrets(secrets, secret.arn, config);
    requireUsersOfItsOwn(secret.arn, current, standby, others, config);
    const password = await rehearsedPassword(preparation, input.owner);
    const versionId =
      pendingVersion(secret) ??
      input.versionId ??
      deriveVersionId(secret.arn, executionArn, input.scheduledTime);
    const task = {
      host: current.host,
      port: current.port,
      masterArn,
      masterRotating: await isMasterRotating(secrets, masterArn, now()),
      currentUser: current.username,
      pendingUser: standby,
    };

    const engine = new ProbedEngine(ports.engine, probe, progress);
    const report = await withMaster(task, { ...ports, engine }, async (pair) => {
      const claim = { secrets, secretArn: secret.arn, versionIds: Object.keys(secret.stages), config };
      const { rights, repaired } = await judgePair(pair, current, versionId, claim, config);
      requireNoOtherLogin(pair, secret.arn, others);
      await requireLogin(pair, rights, tlsPolicy(current.ssl, config));
      const initialSetup = rights.from === 'database';
      progress.pass('current-login', initialSetup || repaired ? 'skipped' : 'passed');
      return pair.buildStandby({
        rights,
        password,
        marker: { versionId, initialSetup, secret: secretMark(secret.arn) },
        allowMissing: config.missingRights,
        planOnly: true,
      });
    });
    progress.pass('master-rights');

    const [granted, revoked] = [report.granted.length, report.revoked.length];
    log.info('a rotation would succeed', {
      versionId,
      currentUser: current.username,
      pendingUser: standby,
      granted,
      revoked,
    });
    return {
      schemaVersion: SCHEMA_VERSION,
      operation: 'preflight',
      secretArn: secret.arn,
      layers: progress.verdicts,
      currentUser: current.username,
      standbyUser: standby,
      plan: {
        granted,
        revoked,
        options: report.options.length,
        skipped: boundedList(report.skipped, RIGHTS_BYTES),
      },
      ...(notCompared.length > 0 && { notCompared }),
    };
  });
}

/** Any answer proves that Secrets Manager can be reached; one about the secret belongs to the next layer. */
async function ask(secrets: SecretStore, secretId: string): Promise<SecretDescription | RotationError> {
  try {
    return await secrets.describe(secretId);
  } catch (error) {
    const isAnswer =
      error instanceof RotationError &&
      !(error instanceof SecretStoreUnavailableError || error instanceof SecretAccessDeniedError);
    if (isAnswer) return error;
    throw error;
  }
}
