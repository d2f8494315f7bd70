import type { Flavour } from './flavour';
import type { StoredAccount, StoredUser } from './account';
import { administrativeRights, isSystemAccount } from './administrative';
import type { Server } from '../connection/server';
import type { Session } from '../connection/session';
import { parseMandatoryRoles } from '../rights/mandatory-roles';
import { reachRoles, remembering, rolesIn, type ReadUser } from '../rights/reachable-roles';
import { quoteGrantee, type Grantee, type Rights } from '../rights/rights';

/** The roles that every user has, whatever its account says. */
function commonRoles({ product, mandatoryRoles }: Server): Grantee[] {
  return product === 'MySQL'
    ? parseMandatoryRoles(mandatoryRoles)
    : [{ username: 'PUBLIC', host: undefined }];
}

/** What rights, and the roles that they lead to, hold of an administrator's. @param through words before the roles */
async function judge(
  read: ReadUser,
  server: Server,
  rights: Rights,
  through: readonly string[],
): Promise<string[]> {
  const say = (found: readonly string[], path: readonly string[]) =>
    found.map((right) => (path.length === 0 ? right : `${right} through ${path.join(', ')}`));
  const roles = await reachRoles(read, [...rolesIn(rights.values()), ...commonRoles(server)]);
  return [
    ...say(administrativeRights(rights, server), through),
    ...roles.flatMap(({ path, rights: held }) =>
      say(administrativeRights(held, server), [
        ...through,
        ...path.map((role) => `the role ${quoteGrantee(role)}`),
      ]),
    ),
  ];
}

/** An account that may act as another one has its rights. The server follows one such step. */
async function judgeAccount(read: ReadUser, server: Server, account: StoredAccount): Promise<string[]> {
  const found = await judge(read, server, account.rights, []);
  for (const right of account.rights.values()) {
    if (right.kind !== 'proxy' || right.on.username === '') continue;
    const proxy = `PROXY ON ${quoteGrantee(right.on)}`;
    const proxied = await read(right.on.username);
    if (isSystemAccount(right.on.username)) found.push(`a system account through ${proxy}`);
    for (const { rights } of proxied.accounts.values()) {
      found.push(...(await judge(read, server, rights, [proxy])));
    }
  }
  if (isSystemAccount(account.username)) found.push('a system account');
  return [...new Set(found)];
}

/**
 * Why accounts are an administrator's, if they are: what they hold themselves, what they can reach through roles,
 * active or not, and as whom they may act.
 */
export async function readAdministrative(
  session: Session,
  flavour: Flavour,
  server: Server,
  users: readonly StoredUser[],
): Promise<ReadonlyMap<StoredAccount, string[]>> {
  const read = remembering((username) => flavour.readUser(session, username));
  const found = new Map<StoredAccount, string[]>();
  for (const { accounts } of users) {
    for (const account of accounts.values()) found.set(account, await judgeAccount(read, server, account));
  }
  return found;
}
