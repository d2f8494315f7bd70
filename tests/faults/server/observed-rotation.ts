import { steps } from '../../../local/steps';
import type { ExecutionRecord } from '../../../local/state-machine/execution-record';
import type { World } from '../../support/world';

export interface Rotation {
  record: ExecutionRecord;
  /** The error of each attempt that failed, in order. */
  errors: string[];
}

export interface Observer {
  /** Awaited before a state's handler is called, also before it is called again. */
  beforeAttempt?: (task: string) => void | Promise<void>;
  /** Told when an attempt has failed, by the name of its error. */
  onFailure?: (error: string) => void;
}

/** Rotates without waits, as the state machine does with its retries. */
export async function rotateObserved(
  world: World,
  { beforeAttempt, onFailure = () => undefined }: Observer,
): Promise<Rotation> {
  const errors: string[] = [];
  const handlers = Object.entries(steps).map(([name, handler]) => [
    name,
    async (event: unknown) => {
      await beforeAttempt?.(name);
      return handler(event);
    },
  ]);
  const record = await world.rotate({
    handlers: Object.fromEntries(handlers) as typeof steps,
    onEvent: (event) => {
      if (event.kind !== 'attempt-failed') return;
      errors.push(event.error);
      onFailure(event.error);
    },
  });
  return { record, errors };
}

/** @throws {Error} when a rotation without a fault fails */
export async function requireRotated(world: World): Promise<void> {
  const { status, error, cause } = await world.rotate();
  if (status !== 'SUCCEEDED') throw new Error(`a rotation without a fault failed: ${error}: ${cause}`);
}
