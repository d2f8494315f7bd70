import { COMBINATIONS, type Combination } from '../combinations';
import { cachedTemplate } from './cached-template';
import { comparePermissions } from './permissions/comparison';
import { impliedRoleCalls } from './permissions/implied-role-calls';
import type { ObservedCall } from './permissions/observed-call';
import { observedRoleCalls, rolesByFunction } from './permissions/observed-role-calls';
import { Deployment } from './template/resolve';

/** It deploys every function, with all that a role may need; `npm run check:stack` compares with the others too. */
const COMPARED = 'everything at once';

/** The combination whose roles the calls of a test run are compared with. */
export function comparedCombination(): Combination {
  const found = COMBINATIONS.find(({ name }) => name === COMPARED);
  if (found === undefined) throw new Error(`there is no combination "${COMPARED}"`);
  return found;
}

const unknownFunctions = (
  calls: readonly ObservedCall[],
  deployed: ReadonlyMap<string, string>,
): string[] => {
  const names = new Set(calls.map(({ functionName }) => functionName).filter((name) => !deployed.has(name)));
  return [...names].map((name) => `${name} called AWS, and no such function is deployed`);
};

/**
 * Compares the calls of a test run with the roles that would be deployed.
 * @param isWhole whether every test ran: only then is a permission that nothing used a fault
 * @returns a sentence for each fault
 */
export async function compareCalls(calls: readonly ObservedCall[], isWhole: boolean): Promise<string[]> {
  const combination = comparedCombination();
  const deployment = new Deployment(await cachedTemplate(combination));
  const { missing, unused } = comparePermissions(deployment, [
    ...observedRoleCalls(calls, deployment, combination.parameters),
    ...impliedRoleCalls(deployment),
  ]);
  return [
    ...unknownFunctions(calls, rolesByFunction(deployment)),
    ...missing.map(
      ({ caller, action, resource, role, origins }) =>
        `${caller} calls ${action} on ${resource}, which ${role} does not allow: ${origins.join(', ')}`,
    ),
    ...(isWhole ? unused : []).map(
      ({ role, action, resource }) => `${role} allows ${action} on ${resource}, which no test used`,
    ),
  ];
}
