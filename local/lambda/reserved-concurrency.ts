import { FunctionError } from './function-error';
import type { Invoke } from './in-process';

/**
 * Runs a function with ReservedConcurrentExecutions: a call above that number is refused, and never waits (Lambda
 * developer guide, "Configuring reserved concurrency for a function").
 * @param most how many calls may be at work; any number of them when `undefined`
 */
export function withReservedConcurrency(most: number | undefined, invoke: Invoke): Invoke {
  if (most === undefined) return invoke;
  let atWork = 0;
  return async (event) => {
    if (atWork >= most) throw new FunctionError('Lambda.TooManyRequestsException', 'Rate Exceeded.');
    atWork += 1;
    try {
      return await invoke(event);
    } finally {
      atWork -= 1;
    }
  };
}
