export type ExecutionStatus = 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** One visit of a state. */
export interface StateRecord {
  name: string;
  type: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** Attempts and the pauses between them included. */
  durationMs: number;
  /** How often the state's handler was called; 1 for a state without a handler. */
  attempts: number;
  /** What the state was entered with: a redrive starts here again. */
  input: unknown;
  /** What the state was left with; absent when it was not left. */
  output?: unknown;
  /** Name and message of the last attempt's error, when the state was not left. */
  error?: string;
  cause?: string;
}

/** What is known of an execution after its end. */
export interface ExecutionRecord {
  status: ExecutionStatus;
  executionArn: string;
  input: unknown;
  output?: unknown;
  /** Name and message of the error, unless the execution succeeded or was aborted. */
  error?: string;
  cause?: string;
  /** In the order in which they were entered. */
  states: StateRecord[];
}

/** What happens while an execution runs. Times are ISO 8601, UTC. */
export type ExecutionEvent =
  | { kind: 'state-entered'; at: string; state: string; type: string; input: unknown }
  | { kind: 'attempt-failed'; at: string; state: string; attempt: number; error: string; cause: string }
  | { kind: 'attempt-started'; at: string; state: string; attempt: number }
  | {
      kind: 'state-exited';
      at: string;
      state: string;
      durationMs: number;
      attempts: number;
      output: unknown;
    };
