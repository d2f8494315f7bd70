import type { Invoke } from './in-process';

/** Handlers that can be waited for. */
interface Watched<Name extends string> {
  handlers: Record<Name, Invoke>;
  /** Resolves when no handler is at work. */
  settled: () => Promise<void>;
}

/**
 * Watches handlers at work. An aborted execution does not wait for the one that was called, as in AWS; whoever
 * clears up after it has to, or a late SetSecret would make the user anew that was just dropped.
 */
export function watchInFlight<Name extends string>(handlers: Readonly<Record<Name, Invoke>>): Watched<Name> {
  const inFlight = new Set<Promise<unknown>>();
  const watched = (invoke: Invoke): Invoke => {
    return (event) => {
      const call = invoke(event).finally(() => inFlight.delete(call));
      inFlight.add(call);
      return call;
    };
  };
  const entries = Object.entries<Invoke>(handlers).map(([name, invoke]) => [name, watched(invoke)]);
  return {
    handlers: Object.fromEntries(entries) as Record<Name, Invoke>,
    settled: async () => {
      await Promise.allSettled(inFlight);
    },
  };
}
