/** All others are 400. */
const STATUSES: Readonly<Record<string, number>> = { InternalServiceError: 500, RequestEntityTooLarge: 413 };

/**
 * An answer of AWS that is not a success. Thrown by an operation, or by a test's `onCall` hook, it becomes
 * the HTTP answer. Its message travels to the caller and into logs, so it never quotes a secret value.
 */
export class AwsError extends Error {
  override readonly name: string;
  /** Of the HTTP answer. */
  readonly status: number;

  /** @param name one that the service answers with; each service lists its own */
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
    this.status = STATUSES[name] ?? 400;
  }
}
