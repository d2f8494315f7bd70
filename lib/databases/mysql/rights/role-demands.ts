import type { Flavour } from '../accounts/flavour';
import type { StoredUser } from '../accounts/account';
import { isBefore, type Server } from '../connection/server';
import type { Session } from '../connection/session';
import { isMandatory } from './mandatory-roles';
import { reachRoles, remembering, type ReadUser } from './reachable-roles';
import { quoteGrantee, type Difference, type Grantee, type Right } from './rights';

/** The privilege that protects accounts from those who have it not. MySQL 8.0.16+. */
const SYSTEM_USER = 'SYSTEM_USER';

const hasSystemUser = (rights: Iterable<Right>): boolean =>
  [...rights].some((right) => right.kind === 'dynamic' && right.privilege === SYSTEM_USER);

/** REVOKE IF EXISTS, which also takes a mandatory role away, exists since this version. */
const REVOKES_MANDATORY = [8, 0, 30] as const;

/** The account that a right gives a part in: a role, or one to act for. */
function subjectOf(right: Right): Grantee | undefined {
  if (right.kind === 'role') return right.role;
  return right.kind === 'proxy' && right.on.username !== '' ? right.on : undefined;
}

/** What stands in the way of rights, whatever the master holds of them itself. */
export interface RoleDemands {
  /** The master must have SYSTEM_USER to give or take this right. */
  needsSystemUser(host: string, right: Right): boolean;
  /** Why the server refuses this to everybody, as what to do; `undefined` when it does not. */
  obstacle(verb: 'grant' | 'revoke', host: string, right: Right): string | undefined;
}

/**
 * What a server demands because of the content of a role. To grant or revoke a role that holds SYSTEM_USER itself,
 * to let somebody act for such an account, or to grant to one, takes SYSTEM_USER; a role that only leads to such a
 * role is free (tried on MySQL 9.7). And no role may lead back to its grantee (ER_ROLE_GRANTED_TO_ITSELF).
 */
export async function readRoleDemands(
  session: Session,
  flavour: Flavour,
  server: Server,
  standby: StoredUser,
  todo: readonly (readonly [host: string, Difference])[],
): Promise<RoleDemands> {
  if (flavour.product === 'MariaDB') return { needsSystemUser: () => false, obstacle: () => undefined };
  const read: ReadUser = remembering((username) => flavour.readUser(session, username));
  const protectedOnes = new Set<string>();
  const behind = new Map<string, ReadonlySet<string>>();
  for (const right of todo.flatMap(([, { missing, extra }]) => [...missing, ...extra])) {
    const subject = subjectOf(right);
    if (subject === undefined || behind.has(quoteGrantee(subject))) continue;
    const [own, ...others] = await reachRoles(read, [subject]);
    if (hasSystemUser(own?.rights.values() ?? [])) protectedOnes.add(quoteGrantee(subject));
    const names = [subject, ...others.flatMap(({ path }) => path)].map(quoteGrantee);
    behind.set(quoteGrantee(subject), new Set(names));
  }
  const isProtected = (host: string) => hasSystemUser(standby.accounts.get(host)?.rights.values() ?? []);
  return {
    needsSystemUser: (host, right) => {
      const subject = subjectOf(right);
      return isProtected(host) || (subject !== undefined && protectedOnes.has(quoteGrantee(subject)));
    },
    obstacle: (verb, host, right) => {
      if (right.kind !== 'role') return undefined;
      const role = quoteGrantee(right.role);
      if (verb === 'revoke') {
        return isBefore(server.version, REVOKES_MANDATORY) && isMandatory(server.mandatoryRoles, right.role)
          ? `take ${role} out of mandatory_roles: this server does not revoke a mandatory role`
          : undefined;
      }
      const account = quoteGrantee({ username: standby.username, host });
      return behind.get(role)?.has(account) === true
        ? `take ${account} away from ${role}: the role would lead back to its holder`
        : undefined;
    },
  };
}
