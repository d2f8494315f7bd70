import type { ExecutionRecord } from '../../local/state-machine/execution-record';
import { runStateMachine, type RunOptions } from '../../local/state-machine/run-state-machine';

export const INPUT = { secretId: 'app', owner: 'schedule' };
export const STATE = { schemaVersion: 1, alreadyRotated: false, masterRotating: false };

/** Stands in for the Lambdas: here the order of the states is what matters. */
export function steps(
  changed: Partial<RunOptions['handlers']> = {},
): Record<'Preflight' | 'CreateSecret' | 'SetSecret' | 'TestSecret' | 'FinishSecret', jest.Mock> {
  const answer = (name: string, otherwise: unknown): jest.Mock =>
    jest.fn(changed[name] ?? (() => Promise.resolve(otherwise)));
  return {
    Preflight: answer('Preflight', { layers: [] }),
    CreateSecret: answer('CreateSecret', STATE),
    SetSecret: answer('SetSecret', { changed: true }),
    TestSecret: answer('TestSecret', { account: 'app_clone@%' }),
    FinishSecret: answer('FinishSecret', { promoted: true }),
  };
}

/** A step that fails with this error, for good or a number of times. */
export function failWith(name: string, times = Infinity): () => Promise<unknown> {
  let left = times;
  return () =>
    left-- > 0 ? Promise.reject(Object.assign(new Error(`why ${name}`), { name })) : Promise.resolve({});
}

/** Runs the machine without waiting. */
export const run = (options: Partial<RunOptions> = {}): Promise<ExecutionRecord> =>
  runStateMachine({ input: INPUT, timeScale: 0, handlers: steps(), ...options });

export const namesOf = (record: ExecutionRecord): string[] => record.states.map((state) => state.name);
