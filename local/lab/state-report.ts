import type { ExecutionRecord } from '../state-machine/execution-record';

/** One visit of a state, without what went in and out. */
export interface StateReport {
  name: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** Attempts and the pauses between them included. */
  durationMs: number;
  attempts: number;
}

export function reportStates({ states }: ExecutionRecord): StateReport[] {
  return states.map(({ name, startedAt, durationMs, attempts }) => ({
    name,
    startedAt,
    durationMs,
    attempts,
  }));
}
