import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { FunctionError } from '../../lambda/function-error';
import { throughJson, type Invoke } from '../../lambda/in-process';
import { tasksOf } from '../../state-machine/states';

/** One call of a function by a Task. */
export interface FunctionCall {
  readonly state: string;
  readonly resource: string;
  readonly payload: unknown;
  readonly timeoutInSeconds: number | undefined;
  /** Absent until the function has answered, and for good when it fails or is given up. */
  answer?: { readonly result: unknown };
}

/**
 * A handler per Task of the definition that calls the function which the Task names.
 * @param onCall hears of each call before the function does
 */
export function taskHandlers(
  definition: StateMachineDefinition,
  functions: Readonly<Record<string, Invoke>>,
  onCall: (call: FunctionCall) => void,
): Record<string, Invoke> {
  const handlers = [...tasksOf(definition)].map(([state, { Resource: resource, TimeoutSeconds }]) => {
    const handler: Invoke = async (payload) => {
      const call: FunctionCall = { state, resource, payload, timeoutInSeconds: TimeoutSeconds };
      onCall(call);
      const result = throughJson(await (functions[resource] ?? notFound(resource))(payload));
      call.answer = { result };
      return result;
    };
    return [state, handler] as const;
  });
  return Object.fromEntries(handlers);
}

/** AWS finds out no earlier either: a state machine may be created before its functions. */
function notFound(resource: string): Invoke {
  return () =>
    Promise.reject(new FunctionError('Lambda.ResourceNotFoundException', `Function not found: ${resource}`));
}
