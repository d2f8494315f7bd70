import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';

/** A text that is nowhere else. */
export const newMarker = (): string => `Marker${randomUUID().replaceAll('-', '')}`;

/** All that a logger, a debugger or a crash report could show of an error. */
export function everythingOf(error: unknown): string {
  const { message, stack, cause } = error as Error;
  const own = Object.getOwnPropertyNames(error).map((name) => (error as Record<string, unknown>)[name]);
  return [message, stack, inspect([error, cause, own], { showHidden: true, depth: 20 })].join('\n');
}

/** What `run` must throw. */
export async function thrownBy(run: () => Promise<unknown>): Promise<Error> {
  return run().then(
    () => {
      throw new Error('expected an error');
    },
    (error: unknown) => error as Error,
  );
}
