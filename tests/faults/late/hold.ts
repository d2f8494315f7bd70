import type { FaultCloud } from '../harness/fault-cloud';

/** An invocation that stands still at a crossing, as one does whose process was frozen or whose call is on its way. */
export interface Held {
  /** Lets it go on, and waits for its end. @returns the name of its error, if it ended with one */
  wake(): Promise<string | undefined>;
}

const nameOf = (error: unknown): string => (error as Error).name;

/**
 * Runs an invocation until its `index`-th crossing and holds it there; all that others say passes.
 * @returns what it answered, when it ended before it came that far
 */
export async function holdAt(
  { interference }: FaultCloud,
  index: number,
  invoke: () => Promise<unknown>,
): Promise<Held | { answer: unknown }> {
  const reached = Promise.withResolvers<undefined>();
  const opened = Promise.withResolvers<undefined>();
  let crossings = 0;
  interference.watch = () => {
    crossings += 1;
    if (crossings !== index) return;
    interference.watch = undefined;
    reached.resolve(undefined);
    return opened.promise;
  };
  const running = invoke();
  const ended = running.then(
    () => undefined,
    (error: unknown) => nameOf(error),
  );
  if ((await Promise.race([reached.promise.then(() => 'held'), ended.then(() => 'ended')])) === 'ended') {
    interference.watch = undefined;
    return { answer: await running };
  }
  return {
    wake: () => {
      opened.resolve(undefined);
      return ended;
    },
  };
}
