import type { Combination } from '../../combinations';
import { getAttOf, intrinsicIn } from '../template/intrinsics';
import type { Deployment } from '../template/resolve';
import type { ObservedCall } from './observed-call';
import type { RoleCall } from './role-call';

type Parameters = Combination['parameters'];

/** A parameter that is a list, or a text with commas. */
const listOf = (value: unknown): string[] =>
  (typeof value === 'string' ? value.split(',') : ((value ?? []) as string[])).map((arn) => arn.trim());

const arnsOf = (deployment: Deployment, type: string): string[] =>
  Object.entries(deployment.template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .flatMap(([id]) => deployment.arnOf(id) ?? []);

/** What a kind of resource is in a deployment: a function that may touch one of them may be asked to touch each. */
function resourcesOf(
  kind: ObservedCall['resource'],
  deployment: Deployment,
  parameters: Parameters,
): string[] {
  const machines = (): string[] => arnsOf(deployment, 'AWS::StepFunctions::StateMachine');
  switch (kind) {
    case 'app':
      return listOf(parameters['APP_SECRET_ARNS']);
    case 'master':
      return listOf(parameters['MASTER_SECRET_ARN']);
    case 'machine':
      return machines();
    case 'execution':
      return machines().map((arn) => `${arn.replace(':stateMachine:', ':execution:')}:some-execution`);
    case 'topic':
      return arnsOf(deployment, 'AWS::SNS::Topic');
    case 'none':
      return ['*'];
  }
}

/** The role of each function that is deployed, by the function's key in serverless.yml. */
export function rolesByFunction({ template }: Deployment): Map<string, string> {
  const functions = Object.entries(template.Resources).filter(
    ([, { Type }]) => Type === 'AWS::Lambda::Function',
  );
  return new Map(
    functions.map(([id, { Properties }]) => {
      const key = id.replace(/LambdaFunction$/, '');
      const role = intrinsicIn(Properties['Role']);
      return [key.charAt(0).toLowerCase() + key.slice(1), getAttOf(role?.argument).id];
    }),
  );
}

/** The calls that were observed, as calls of this deployment. A function that is not deployed makes none. */
export function observedRoleCalls(
  calls: readonly ObservedCall[],
  deployment: Deployment,
  parameters: Parameters,
): RoleCall[] {
  const roles = rolesByFunction(deployment);
  const found = new Map<string, RoleCall>();
  for (const { functionName, service, action, resource: kind, origin } of calls) {
    const role = roles.get(functionName);
    if (role === undefined) continue;
    for (const resource of resourcesOf(kind, deployment, parameters)) {
      const call = { role, caller: functionName, action: `${service}:${action}`, resource };
      const key = JSON.stringify(call);
      const origins = found.get(key)?.origins ?? [];
      found.set(key, { ...call, origins: origins.includes(origin) ? origins : [...origins, origin] });
    }
  }
  return [...found.values()];
}
