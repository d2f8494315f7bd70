/**
 * What reporting needs from the place where executions run, and nothing more.
 *
 * Every call may throw `WorkflowUnavailableError`. Reads are eventually consistent: what happened in the last
 * second may be missing.
 */
export interface ExecutionRecords {
  describe(executionArn: string): Promise<ExecutionRecord>;

  /** The first run, and one more for each redrive, in order. */
  runs(executionArn: string): Promise<Run[]>;
}

export interface ExecutionRecord {
  /** The JSON text that it was started with. */
  input: string | undefined;
  /** How often it has been re-driven by now. */
  redriveCount: number;
  /** The name of the error that ended it; of the last run. */
  error: string | undefined;
  /** What was said with the error: written by a Lambda, by the platform, or by the person who stopped it. */
  cause: string | undefined;
  /** Why it cannot be re-driven; `undefined` when it can. */
  notRedrivable: string | undefined;
}

/** One run of an execution: from its start, or from a redrive, to its next end. */
export interface Run {
  startedAt: Date;
  visits: Visit[];
}

/** One stay in a state. A Task that a redrive repeats is visited again. */
export interface Visit {
  state: string;
  attempts: Attempt[];
}

/** One call of a Task's Lambda; it is `open` when the execution ended before the Lambda did. */
export type Attempt = { outcome: 'succeeded' } | { outcome: 'open' } | ({ outcome: 'failed' } & Failure);

export interface Failure {
  /** The error's name. */
  error: string;
  /** As Step Functions keeps it: for a Lambda's error a JSON text around its message. */
  cause: string | undefined;
}
