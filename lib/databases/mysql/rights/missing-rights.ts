import { GrantNotPossibleError } from '../../../errors';
import type { Flavour } from '../accounts/flavour';
import { mayGive, remedy, type Master } from './master-rights';
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

/**
 * Finds what the master may not give or take, before anything is changed.
 * @param alsoNeeded what the master must hold besides, to give a right
 * @returns the rights that the deployer allowed to be left out, by their key
 * @throws {GrantNotPossibleError} naming each right, what the master lacks, and the remedy.
 */
export function rightsLeftOut(
  todo: readonly (readonly [host: string, Difference])[],
  master: Master,
  product: Flavour['product'],
  allowed: readonly string[],
  alsoNeeded: (right: Right) => Right | undefined,
): Rights {
  const lacking = (right: Right): Right[] =>
    [right, alsoNeeded(right)].filter(
      (needed): needed is Right => needed !== undefined && !mayGive(master, needed, product),
    );
  const impossible = (rights: readonly Right[]) => rights.filter((right) => lacking(right).length > 0);
  // On a table that is gone only both together can be granted, to the master too.
  const remedyOf = (right: Right) =>
    right.kind === 'static' && alsoNeeded(right) !== undefined
      ? remedy(master, { ...right, privilege: `CREATE, ${right.privilege}` }, product)
      : remedy(master, right, product);
  const leftOut = new Map<string, Right>();
  const refused: string[] = [];
  for (const [host, { missing, extra }] of todo) {
    for (const right of impossible(missing)) {
      if (isAllowed(right, allowed)) leftOut.set(describeRight(right), right);
      else refused.push(`to grant ${describeRight(right)} at ${host} (remedy: ${remedyOf(right)})`);
    }
    for (const right of extra.filter((held) => !mayGive(master, held, product))) {
      refused.push(
        `to revoke ${describeRight(right)} at ${host} (remedy: ${remedy(master, right, product)})`,
      );
    }
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
