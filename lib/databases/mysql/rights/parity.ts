import { PrivilegeParityError } from '../../../errors';
import type { StandbyReport } from '../../engine';
import type { StoredUser } from '../accounts/account';
import { differingOptions } from '../accounts/account-options';
import { digestOf, readEffectiveRights } from './effective-rights';
import type { Flavour } from '../accounts/flavour';
import { without } from './missing-rights';
import { difference, describeRight, foldedObject, type Right, type Rights } from './rights';
import type { Session } from '../connection/session';
import { changesTo } from './spellings';
import type { Targets } from '../standby/targets';

/** How many differences a message names; the rest is counted. */
const NAMED = 20;

function refuse(username: string, differences: readonly string[]): void {
  if (differences.length === 0) return;
  const more = differences.length > NAMED ? `; and ${differences.length - NAMED} more` : '';
  throw new PrivilegeParityError(
    `${username} does not have the rights that it must have: ${differences.slice(0, NAMED).join('; ')}${more}`,
  );
}

function compare(
  host: string,
  wanted: Rights,
  actual: Rights,
  differ: typeof difference = difference,
): string[] {
  const { missing, extra } = differ(wanted, actual);
  return [
    ...missing.map((right) => `missing at ${host}: ${describeRight(right)}`),
    ...extra.map((right) => `too much at ${host}: ${describeRight(right)}`),
  ];
}

/** On disk: the grant tables and the account options. */
export function requireStoredParity(standby: StoredUser, targets: Targets, leftOut: Rights): void {
  const differences = [...targets].flatMap(([host, { rights, options }]) => {
    const account = standby.accounts.get(host);
    if (account === undefined) return [`missing: the account at ${host}`];
    return [
      ...compare(host, without(rights, leftOut), without(account.rights, leftOut), changesTo),
      ...differingOptions(options, account.options).map((option) => `another ${option} at ${host}`),
      ...account.unknown.map((what) => `too much at ${host}: ${what}`),
    ];
  });
  refuse(standby.username, differences);
}

/**
 * SHOW GRANTS gathers privileges into ALL, so where a right was left out its whole object cannot be compared
 * in memory; it was on disk.
 */
function comparable(rights: Rights, leftOut: Rights): Rights {
  const object = (right: Right) =>
    right.kind === 'static' ? foldedObject(right.scope) : describeRight(right);
  const ignored = new Set([...leftOut.values()].map(object));
  // MariaDB's rows for PROXY are known by their text only.
  const withoutProxies = [...leftOut.values()].some(({ kind }) => kind === 'proxy');
  return new Map(
    [...rights].filter(
      ([, right]) => !ignored.has(object(right)) && !(withoutProxies && right.kind === 'proxy'),
    ),
  );
}

type EffectiveDigests = Pick<StandbyReport, 'rightsDigests' | 'currentDigests'>;

/**
 * In the server's memory: what both users may do at this moment.
 * @returns the digests of both users' rights by host.
 */
export async function requireEffectiveParity(
  session: Session,
  flavour: Flavour,
  { standby, current, hosts }: { standby: string; current: string | undefined; hosts: readonly string[] },
  leftOut: Rights,
): Promise<EffectiveDigests> {
  const rightsDigests: Record<string, string> = {};
  const currentDigests: Record<string, string> = {};
  const differences: string[] = [];
  for (const host of hosts) {
    const actual = await readEffectiveRights(session, { username: standby, host }, flavour.product);
    rightsDigests[host] = digestOf(actual);
    if (current === undefined) continue;
    const wanted = await readEffectiveRights(session, { username: current, host }, flavour.product);
    currentDigests[host] = digestOf(wanted);
    differences.push(...compare(host, comparable(wanted, leftOut), comparable(actual, leftOut)));
  }
  refuse(standby, differences);
  return { rightsDigests, currentDigests: current === undefined ? undefined : currentDigests };
}
