import type { StoredUser } from '../accounts/account';
import { quoteGrantee, type Grantee, type Right, type Rights } from './rights';

/** A role with its own rights, and how it is reached: the roles from the first one to this one. */
export interface ReachableRole {
  path: readonly Grantee[];
  rights: Rights;
}

export type ReadUser = (username: string) => Promise<StoredUser>;

/** Reads each user once. */
export function remembering(read: ReadUser): ReadUser {
  const users = new Map<string, Promise<StoredUser>>();
  return (username) => {
    const user = users.get(username) ?? read(username);
    users.set(username, user);
    return user;
  };
}

/** The roles that rights name, active or not: whoever holds a role may activate it. */
export function rolesIn(rights: Iterable<Right>): Grantee[] {
  return [...rights].flatMap((right) => (right.kind === 'role' ? [right.role] : []));
}

/** MariaDB stores a role as an account without a host, and a user may have the same name. */
const rightsOf = ({ accounts }: StoredUser, { host }: Grantee): Rights | undefined =>
  accounts.get(host ?? '')?.rights;

/** Roles, the roles that these hold, and so on, each once. Roles that have gone are left out. */
export async function reachRoles(read: ReadUser, first: readonly Grantee[]): Promise<ReachableRole[]> {
  const found: ReachableRole[] = [];
  const seen = new Set<string>();
  const open = first.map((role): readonly Grantee[] => [role]);
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    const role = path.at(-1);
    if (role === undefined || seen.has(quoteGrantee(role))) continue;
    seen.add(quoteGrantee(role));
    const rights = rightsOf(await read(role.username), role);
    if (rights === undefined) continue;
    found.push({ path, rights });
    for (const next of rolesIn(rights.values())) open.push([...path, next]);
  }
  return found;
}
