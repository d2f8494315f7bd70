import { toFunctionError } from './function-error';

/** One invocation of a Lambda: an event in, a result out, or a FunctionError. */
export type Invoke = (event: unknown) => Promise<unknown>;

/** What JSON keeps of a value. A function that returns nothing answers `null`. */
export function throughJson(value: unknown): unknown {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown);
}

/**
 * Runs a handler in this process under Lambda's conditions: event and result are copied through JSON, and an
 * error keeps its name and message only. What passes here passes there.
 */
export function inProcess(handler: (event: unknown) => unknown): Invoke {
  return async (event) => {
    try {
      return throughJson(await handler(throughJson(event)));
    } catch (thrown) {
      throw toFunctionError(thrown);
    }
  };
}
