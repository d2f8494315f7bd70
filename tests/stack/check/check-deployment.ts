import { readTunables } from '../../../config/tunables.cjs';
import { loadDefinition } from '../../../local/state-machine/load-definition';
import type { Combination } from '../combinations';
import { definitionFaults } from './definition-faults';
import { actionFaults } from './iam/action-faults';
import { callerFaults, functionCallerFaults } from './iam/caller-faults';
import { conditionFaults } from './iam/condition-faults';
import { policiesIn } from './iam/policies';
import { roleFaults } from './iam/role-faults';
import { wildcardsIn, type Wildcard } from './iam/wildcard-resources';
import { comparePermissions, type Comparison } from './permissions/comparison';
import { impliedRoleCalls } from './permissions/implied-role-calls';
import type { ObservedCall } from './permissions/observed-call';
import { observedRoleCalls } from './permissions/observed-role-calls';
import { templateFaults } from './template-faults';
import { Deployment } from './template/resolve';
import type { Template } from './template';

/** What was found in the template of one combination of parameters. */
export interface DeploymentCheck {
  name: string;
  resources: number;
  faults: string[];
  /** With and without a justification. */
  wildcards: Wildcard[];
  permissions: Comparison;
}

async function policyFaults(deployment: Deployment): Promise<string[]> {
  const judged = policiesIn(deployment).map(async (policy) => [
    ...(await actionFaults(policy)),
    ...(await conditionFaults(policy)),
    ...callerFaults(policy),
  ]);
  return [
    ...(await Promise.all(judged)).flat(),
    ...functionCallerFaults(deployment),
    ...roleFaults(deployment),
  ];
}

/** The framework's name for a function in the template. */
const logicalIdOf = (key: string): string => `${key.charAt(0).toUpperCase()}${key.slice(1)}LambdaFunction`;

function machineFaults(deployment: Deployment, parameters: Combination['parameters']): string[] {
  const given = Object.entries(parameters).map(([name, value]) => [name, String(value)]);
  const tunables = readTunables(Object.fromEntries(given) as Record<string, string>);
  const expected = loadDefinition(tunables, logicalIdOf);
  return definitionFaults(deployment, 'RotationStateMachine', expected);
}

/** Runs every check on one packaged template. */
export async function checkDeployment(
  { name, parameters }: Combination,
  template: Template,
  calls: readonly ObservedCall[],
): Promise<DeploymentCheck> {
  const deployment = new Deployment(template);
  const faults = templateFaults(template);
  return {
    name,
    resources: Object.keys(template.Resources).length,
    faults: [...faults, ...(await policyFaults(deployment)), ...machineFaults(deployment, parameters)],
    wildcards: policiesIn(deployment).flatMap(wildcardsIn),
    permissions: comparePermissions(deployment, [
      ...observedRoleCalls(calls, deployment, parameters),
      ...impliedRoleCalls(deployment),
    ]),
  };
}
