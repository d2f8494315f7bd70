import { countCalls } from '../call-counter';
import type { Invoke } from '../lambda/in-process';
import type { ExecutionRecord } from '../state-machine/execution-record';
import { runStateMachine } from '../state-machine/run-state-machine';
import { withBundledSteps } from './bundled-steps';
import { watchInFlight } from './in-flight';
import { loadSteps } from './load-steps';
import { reportRotation, type RotationReport } from './rotation-report';

export interface RotateOptions {
  secretId: string;
  timeScale: number;
  /** Run each step in a process of its own, from its packaged bundle. */
  bundled: boolean;
  verbose: boolean;
  signal: AbortSignal;
}

/** Runs the state machine on one secret. Settings, endpoint and credentials come from the environment. */
export async function rotate(options: RotateOptions): Promise<RotationReport> {
  if (options.bundled) {
    return withBundledSteps(options, async (handlers) =>
      reportRotation(await run(handlers, options), undefined),
    );
  }
  const handlers = await loadSteps(options);
  const [record, counts] = await countCalls(() => run(handlers, options));
  return reportRotation(record, counts);
}

async function run(
  steps: Readonly<Record<string, Invoke>>,
  { secretId, timeScale, signal }: RotateOptions,
): Promise<ExecutionRecord> {
  const { handlers, settled } = watchInFlight(steps);
  const input = { secretId, owner: 'schedule' };
  const record = await runStateMachine({ input, handlers, timeScale, signal });
  await settled();
  return record;
}
