import { rolesByFunction } from '../permissions/observed-role-calls';
import type { Deployment } from '../template/resolve';

/** Tells roles that two functions share, and rights that come from somewhere else than the template. */
export function roleFaults(deployment: Deployment): string[] {
  const roles = [...rolesByFunction(deployment).values()];
  const shared = new Set(roles.filter((role, index) => roles.indexOf(role) !== index));
  const { Resources } = deployment.template;
  const managed = Object.entries(Resources)
    .filter(([, { Type, Properties }]) => Type === 'AWS::IAM::Role' && 'ManagedPolicyArns' in Properties)
    .map(([id]) => `${id}: what a managed policy allows cannot be compared with what is called`);
  const apart = Object.entries(Resources)
    .filter(([, { Type }]) => /^AWS::IAM::(\w*Policy)$/.test(Type))
    .map(([id]) => `${id}: a policy stands in the role that has it, where everybody sees it`);
  return [...[...shared].map((role) => `${role}: it is the role of several functions`), ...managed, ...apart];
}
