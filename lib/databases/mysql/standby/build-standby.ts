import { createHash } from 'node:crypto';
import { RotationSupersededError } from '../../../errors';
import type { StandbyOrder, StandbyReport } from '../../engine';
import { differingOptions } from '../accounts/account-options';
import { definerWarnings } from '../rights/definers';
import type { LoginState } from '../accounts/flavour';
import { isMarkedAs, readMarker } from '../accounts/marker';
import { without } from '../rights/missing-rights';
import { leftOutRights } from './left-out-rights';
import type { PairOnServer } from './pair-on-server';
import { requireEffectiveParity, requireStoredParity } from '../rights/parity';
import { hashProver } from '../passwords/password-hash';
import { requireWritable } from '../connection/writable';
import { requirePolicy } from '../passwords/password-policy';
import { runSettingPassword } from '../passwords/set-password';
import { quoteAccount } from '../connection/quote';
import { differences, reconcile, stagesFor, tell } from '../rights/reconcile';
import type { Rights } from '../rights/rights';
import { creation, lastStatement, optionChanges } from './standby-plan';
import { targetsOf, type Targets } from './targets';

/** Rights, options, password hash and state of every account are as the last statement leaves them. */
function isBuilt(
  { standby, marker, flavour }: PairOnServer,
  targets: Targets,
  order: StandbyOrder,
  leftOut: Rights,
): boolean {
  const isProved = hashProver(order.password);
  const isMarked = !flavour.hasMarker || order.marker === undefined || isMarkedAs(marker, order.marker);
  return (
    isMarked &&
    differences(standby, targets, leftOut).length === 0 &&
    [...targets].every(([host, { plugin, options }]) => {
      const account = standby.accounts.get(host);
      return (
        account !== undefined &&
        !account.locked &&
        !account.passwordExpired &&
        account.secondAuthentication === undefined &&
        account.plugin === plugin &&
        differingOptions(options, account.options).length === 0 &&
        isProved(plugin, account.authentication)
      );
    })
  );
}

const versionIn = (marker: string | null): string | undefined =>
  marker === null ? undefined : readMarker(JSON.parse(marker))?.versionId;

/**
 * The fence in the database, strongly consistent where the secret's labels are not: whoever set this standby
 * since it was read has left another marker or another hash. And a failover may have made a reader of the server.
 * @throws {RotationSupersededError}
 * @throws {DatabaseBusyError}
 */
async function requireUntouched({ session, flavour, standby }: PairOnServer): Promise<void> {
  const now = await session.rows<LoginState>('looking at the standby again', flavour.loginStateQuery, [
    standby.username,
  ]);
  requireWritable(now.find(({ guard }) => guard !== null)?.guard ?? undefined);
  const other = now.find(({ host, authentication, marker }) => {
    const before = standby.accounts.get(host);
    return (
      before !== undefined &&
      (before.authentication !== (authentication ?? '') || before.marker?.versionId !== versionIn(marker))
    );
  });
  if (other === undefined) return;
  throw new RotationSupersededError(
    `${standby.username} was set by somebody else meanwhile (version ${versionIn(other.marker) ?? 'unknown'}); its password was not changed`,
  );
}

const combined = (digests: Record<string, string>): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(digests).sort()))
    .digest('hex');

/** The statements that would be sent, with their secrets left out; nothing is changed. */
function plan(pair: PairOnServer, targets: Targets, order: StandbyOrder, leftOut: Rights): StandbyReport {
  const todo = differences(pair.standby, targets, leftOut);
  const told = todo.map(([host, account]) => tell(quoteAccount(pair.standby.username, host), account));
  const options = optionChanges(pair, pair.standby, targets);
  const grants = todo.flatMap(([host, account]) => {
    const wanted = without(targets.get(host)?.rights ?? new Map(), leftOut);
    const grantee = { username: pair.standby.username, host, wanted, server: pair.server };
    return stagesFor(grantee, account)
      .flat()
      .map((change) => change.statement.shown);
  });
  return {
    changed: false,
    granted: told.flatMap(({ granted }) => granted),
    revoked: told.flatMap(({ revoked }) => revoked),
    options: options.changed,
    warnings: [],
    skipped: [...leftOut.keys()],
    rightsDigests: {},
    currentDigests: undefined,
    plan: [
      ...creation(pair, targets, order).map(({ shown }) => shown),
      ...grants,
      ...options.statements.map(({ shown }) => shown),
      lastStatement(pair, targets, order, undefined).shown,
    ],
  };
}

const UNCHANGED = { changed: false, granted: [], revoked: [], options: [], warnings: [] };

/**
 * Builds dark, proves parity, gives the password last. A crash between any two statements leaves the standby
 * locked, or as it was, or with other rights and its old password; the next run carries on from there.
 */
export async function buildStandby(pair: PairOnServer, order: StandbyOrder): Promise<StandbyReport> {
  const { session, flavour, current } = pair;
  const targets = targetsOf(pair, order);
  const hosts = [...targets.keys()];
  const names = {
    standby: pair.standby.username,
    current: order.rights.from === 'current' ? current.username : undefined,
    hosts,
  };
  const leftOut = await leftOutRights(pair, targets, order);
  if (isBuilt(pair, targets, order, leftOut)) {
    const digests = await requireEffectiveParity(session, flavour, names, leftOut);
    return { ...UNCHANGED, skipped: [...leftOut.keys()], ...digests };
  }
  await requirePolicy(session, names.standby, order.password);
  if (order.planOnly === true) return plan(pair, targets, order, leftOut);

  const created = creation(pair, targets, order);
  for (const statement of created) await runSettingPassword(session, statement);
  const made = created.length === 0 ? pair.standby : await flavour.readUser(session, names.standby);
  const { granted, revoked, dangling, ...done } = await reconcile(
    session,
    flavour,
    pair.server,
    made,
    targets,
    leftOut,
  );
  const skipped = new Map([...leftOut, ...dangling]);
  if (dangling.size > 0 && isBuilt({ ...pair, standby: done.standby }, targets, order, skipped)) {
    // All that was missing is on objects that are gone: there was nothing to do.
    const digests = await requireEffectiveParity(session, flavour, names, skipped);
    return { ...UNCHANGED, skipped: [...skipped.keys()], ...digests };
  }
  const options = optionChanges(pair, done.standby, targets);
  for (const statement of options.statements) await session.run(statement);

  const standby =
    options.statements.length === 0 ? done.standby : await flavour.readUser(session, names.standby);
  requireStoredParity(standby, targets, skipped);
  const digests = await requireEffectiveParity(session, flavour, names, skipped);
  const isNew = created.length + granted.length + revoked.length > 0;
  const warnings = isNew
    ? await definerWarnings(session, flavour.product, [current.username, names.standby])
    : [];

  await requireUntouched(pair);
  const last = lastStatement(pair, targets, order, combined(digests.rightsDigests));
  await runSettingPassword(session, last);
  return {
    changed: true,
    granted,
    revoked,
    options: options.changed,
    warnings: last.cleartext ? [...warnings, CLEARTEXT] : warnings,
    skipped: [...skipped.keys()],
    ...digests,
  };
}

const CLEARTEXT =
  'the password itself was sent, over TLS, because this server does not take hashes: MariaDB writes it to its general and binary logs';
