import { PrivilegeParityError } from '../../errors';
import { readEffectiveRights, digestOf, type EffectiveRights } from './effective-rights';
import { describeRight, difference, type Rights } from './rights';
import type { Session } from './session';
import type { StoredAccount, StoredUser } from './stored-user';

/** How many differences a message names; the rest is counted. */
const NAMED = 20;

function refuse(username: string, differences: readonly string[]): void {
  if (differences.length === 0) return;
  const more = differences.length > NAMED ? `; and ${differences.length - NAMED} more` : '';
  throw new PrivilegeParityError(
    `${username} does not have the rights that it must have: ${differences.slice(0, NAMED).join('; ')}${more}`,
  );
}

function compare(host: string, wanted: readonly string[], actual: readonly string[]): string[] {
  return [
    ...wanted.filter((right) => !actual.includes(right)).map((right) => `missing at ${host}: ${right}`),
    ...actual.filter((right) => !wanted.includes(right)).map((right) => `too much at ${host}: ${right}`),
  ];
}

/** On disk: the grant tables, and that no option crept in that cannot be mirrored. */
export function requireStoredParity(standby: StoredUser, wanted: ReadonlyMap<string, Rights>): void {
  const differences = [...wanted].flatMap(([host, rights]) => {
    const account: StoredAccount | undefined = standby.accounts.get(host);
    if (account === undefined) return [`missing: the account at ${host}`];
    const { missing, extra } = difference(rights, account.rights);
    return [
      ...missing.map((right) => `missing at ${host}: ${describeRight(right)}`),
      ...extra.map((right) => `too much at ${host}: ${describeRight(right)}`),
      ...account.unsupported.map((what) => `too much at ${host}: ${what}`),
    ];
  });
  refuse(standby.username, differences);
}

/**
 * In the server's memory: what both users may do at this moment.
 * @returns the digest of the standby's rights by host.
 */
export async function requireEffectiveParity(
  session: Session,
  standby: string,
  hosts: readonly string[],
  current: string | undefined,
): Promise<Record<string, string>> {
  const accounts = (username: string) => hosts.map((host) => ({ username, host }));
  const rights = await readEffectiveRights(session, [
    ...accounts(standby),
    ...(current === undefined ? [] : accounts(current)),
  ]);
  const actual = rights.slice(0, hosts.length);
  const wanted: readonly EffectiveRights[] = current === undefined ? actual : rights.slice(hosts.length);
  refuse(
    standby,
    hosts.flatMap((host, index) => compare(host, wanted[index] ?? [], actual[index] ?? [])),
  );
  return Object.fromEntries(hosts.map((host, index) => [host, digestOf(actual[index] ?? [])]));
}
