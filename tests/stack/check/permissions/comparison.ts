import { policiesIn, type Statement } from '../iam/policies';
import { matches } from '../iam/pattern';
import type { Deployment } from '../template/resolve';
import { allows } from './allows';
import { exempted, exemptedBy, EXEMPTIONS, type Exemption } from './exemptions';
import type { RoleCall } from './role-call';

/** A permission that nothing used. */
export interface Unused {
  role: string;
  action: string;
  resource: string;
}

export interface Comparison {
  /** Calls that the caller's role does not allow. */
  missing: RoleCall[];
  unused: Unused[];
  /** The roles and actions of the table that this deployment needs. */
  exemptions: string[];
}

function statementsByRole(deployment: Deployment): Map<string, Statement[]> {
  const roles = new Map<string, Statement[]>();
  for (const { owner, kind, statements } of policiesIn(deployment)) {
    if (kind === 'identity') roles.set(owner, [...(roles.get(owner) ?? []), ...statements]);
  }
  return roles;
}

/** Everything that a role allows, one by one. */
const allowedBy = (role: string, statements: Statement[]): Unused[] =>
  statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ actions, resources }) =>
      actions.flatMap((action) => resources.map((resource) => ({ role, action, resource }))),
    );

/** Compares what the roles of a deployment allow with what is called, in both directions. */
export function comparePermissions(
  deployment: Deployment,
  calls: readonly RoleCall[],
  exemptions: readonly Exemption[] = EXEMPTIONS,
): Comparison {
  const roles = statementsByRole(deployment);
  const missing = calls.filter(
    ({ role, action, resource }) => !allows(roles.get(role) ?? [], action, resource),
  );
  const idle = [...roles]
    .flatMap(([role, statements]) => allowedBy(role, statements))
    .filter(
      ({ role, action, resource }) =>
        !calls.some(
          (call) =>
            call.role === role &&
            matches(action.toLowerCase(), call.action.toLowerCase()) &&
            matches(resource, call.resource),
        ),
    );
  const table = new Set(exemptedBy(exemptions));
  const isExempted = ({ role, action }: Unused): boolean => table.has(exempted(role, action));
  const needed = idle.filter(isExempted).map(({ role, action }) => exempted(role, action));
  return {
    missing,
    unused: idle.filter((permission) => !isExempted(permission)),
    exemptions: [...new Set(needed)],
  };
}
