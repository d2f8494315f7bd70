/**
 * A failed invocation as its caller sees it: a name and a message. Class, cause and further properties stay
 * behind, as they do in AWS, so nothing here can come to depend on them.
 */
export class FunctionError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Reduces whatever a handler threw to what would leave its Lambda. */
export function toFunctionError(thrown: unknown): FunctionError {
  if (thrown instanceof Error) return new FunctionError(thrown.name, thrown.message);
  return new FunctionError(typeof thrown, String(thrown));
}
