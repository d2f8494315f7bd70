import { definitionIn } from '../definition-faults';
import { getAttOf, intrinsicIn, isObject } from '../template/intrinsics';
import type { Deployment } from '../template/resolve';
import type { RoleCall } from './role-call';

const roleIn = (value: unknown): string => getAttOf(intrinsicIn(value)?.argument).id;

/** A state machine calls the function of each of its tasks. */
function ofMachine(deployment: Deployment, id: string, properties: Record<string, unknown>): RoleCall[] {
  const { States: states } = definitionIn(deployment, id) as {
    States: Record<string, { Resource?: string }>;
  };
  return Object.entries(states).flatMap(([state, { Resource: target }]) => {
    const resource = target === undefined ? undefined : deployment.arnOf(target);
    if (resource === undefined) return [];
    const role = roleIn(properties['RoleArn']);
    return [{ role, caller: id, action: 'lambda:InvokeFunction', resource, origins: [`state ${state}`] }];
  });
}

/** A schedule starts its target, and puts into its dead-letter queue what it could not deliver. */
function ofSchedule(deployment: Deployment, id: string, { Target }: Record<string, unknown>): RoleCall[] {
  if (!isObject(Target)) return [];
  const call = { role: roleIn(Target['RoleArn']), caller: id, origins: ['schedule'] };
  const arn = String(deployment.resolve(Target['Arn']));
  const action = arn.includes(':lambda:') ? 'lambda:InvokeFunction' : 'states:StartExecution';
  const target = { ...call, action, resource: arn };
  const queue = Target['DeadLetterConfig'];
  if (!isObject(queue)) return [target];
  const resource = String(deployment.resolve(queue['Arn']));
  return [target, { ...call, action: 'sqs:SendMessage', resource }];
}

/** Lambda sends an event that a function failed at to its destination, with the function's role. */
function ofDestination(deployment: Deployment, id: string, properties: Record<string, unknown>): RoleCall[] {
  const { FunctionName, DestinationConfig } = properties;
  const target = intrinsicIn(FunctionName)?.argument;
  const found = deployment.resolve(DestinationConfig) as { OnFailure?: { Destination: string } } | undefined;
  const resource = found?.OnFailure?.Destination;
  if (resource === undefined) return [];
  const role = roleIn(deployment.template.Resources[String(target)]?.Properties['Role']);
  return [{ role, caller: id, action: 'sqs:SendMessage', resource, origins: ['destination of failures'] }];
}

/** What services call with a role of ours, as the template itself says. */
export const impliedRoleCalls = (deployment: Deployment): RoleCall[] =>
  Object.entries(deployment.template.Resources).flatMap(([id, { Type, Properties }]) => {
    if (Type === 'AWS::StepFunctions::StateMachine') return ofMachine(deployment, id, Properties);
    if (Type === 'AWS::Lambda::EventInvokeConfig') return ofDestination(deployment, id, Properties);
    return Type === 'AWS::Scheduler::Schedule' ? ofSchedule(deployment, id, Properties) : [];
  });
