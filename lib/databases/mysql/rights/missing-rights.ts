import { GrantNotPossibleError } from '../../../errors';
import type { Flavour } from '../accounts/flavour';
import { holdsDynamic, mayGive, remedy, type Master } from './master-rights';
import type { RoleDemands } from './role-demands';
import {
  describeRight,
  foldedRight,
  foldedRights,
  rightsFrom,
  type Difference,
  type Right,
  type Rights,
} from './rights';

/** How many rights a message names; the rest is counted. */
const NAMED = 10;

/** A right's names in ALLOW_MISSING_RIGHTS: its privilege, or the whole of it as messages write it. */
function isAllowed(right: Right, allowed: readonly string[]): boolean {
  const short =
    right.kind === 'role' || right.kind === 'default role'
      ? `ROLE ${right.role.username}`
      : right.kind === 'proxy'
        ? 'PROXY'
        : right.privilege;
  return allowed.some((name) => name.toLowerCase() === short.toLowerCase() || name === describeRight(right));
}

/** What must be known, besides the master's rights, to say whether it may give or take a right. */
export interface Needs {
  /** What else the master must hold to give a right. */
  creation: (right: Right) => Right | undefined;
  roles: RoleDemands;
}

/** What stands in the way of one right, as remedies; empty when nothing does. */
function remediesFor(
  verb: 'grant' | 'revoke',
  host: string,
  right: Right,
  { master, product, needs }: { master: Master; product: Flavour['product']; needs: Needs },
): string[] {
  const creation = verb === 'grant' ? needs.creation(right) : undefined;
  const isLacking = [right, creation].some(
    (needed) => needed !== undefined && !mayGive(master, needed, product),
  );
  // On a table that is gone only both together can be granted, to the master too.
  const together =
    right.kind === 'static' && creation !== undefined
      ? { ...right, privilege: `CREATE, ${right.privilege}` }
      : right;
  const lacksSystemUser = needs.roles.needsSystemUser(host, right) && !holdsDynamic(master, 'SYSTEM_USER');
  const obstacle = needs.roles.obstacle(verb, host, right);
  return [
    ...(isLacking ? [remedy(master, together, product)] : []),
    ...(lacksSystemUser ? [`GRANT SYSTEM_USER ON *.* TO ${master.account}`] : []),
    ...(obstacle === undefined ? [] : [obstacle]),
  ];
}

/**
 * Finds what the master may not give or take, before anything is changed.
 * @returns the rights that the deployer allowed to be left out, by their key
 * @throws {GrantNotPossibleError} naming each right, what the master lacks, and the remedy.
 */
export function rightsLeftOut(
  todo: readonly (readonly [host: string, Difference])[],
  master: Master,
  product: Flavour['product'],
  allowed: readonly string[],
  needs: Needs,
): Rights {
  const leftOut = new Map<string, Right>();
  const refused: string[] = [];
  const look = (verb: 'grant' | 'revoke', host: string, rights: readonly Right[]) => {
    for (const right of rights) {
      const remedies = remediesFor(verb, host, right, { master, product, needs });
      if (remedies.length === 0) continue;
      if (verb === 'grant' && isAllowed(right, allowed)) leftOut.set(describeRight(right), right);
      else refused.push(`to ${verb} ${describeRight(right)} at ${host} (remedy: ${remedies.join('; ')})`);
    }
  };
  for (const [host, { missing, extra }] of todo) {
    look('grant', host, missing);
    look('revoke', host, extra);
  }
  if (refused.length === 0) return withDefaultRoles(leftOut);
  const more = refused.length > NAMED ? `; and ${refused.length - NAMED} more` : '';
  throw new GrantNotPossibleError(
    `the master ${master.account} has not the right ${refused.slice(0, NAMED).join('; ')}${more}. Nothing was changed; an administrator can run the remedy, or the deployer can leave rights out with ALLOW_MISSING_RIGHTS`,
  );
}

/** A role that is not held cannot be a default one. */
function withDefaultRoles(leftOut: Map<string, Right>): Rights {
  const defaults = [...leftOut.values()].flatMap((right): Right[] =>
    right.kind === 'role' ? [{ kind: 'default role', role: right.role }] : [],
  );
  return new Map([...leftOut, ...rightsFrom(defaults)]);
}

/** A set of rights without some. */
export function without(rights: Rights, leftOut: Rights): Rights {
  const names = foldedRights(leftOut.values());
  return new Map([...rights].filter(([, right]) => !names.has(foldedRight(right))));
}
