import type { DescribeExecutionOutput } from '@aws-sdk/client-sfn';

/** One call of a state's function. */
export interface AttemptReport {
  /** ISO 8601, UTC. */
  startedAt: string;
  /** `null` while it is under way. */
  durationMs: number | null;
  /** The error's name; `null` unless it failed. */
  error: string | null;
  message: string | null;
}

/** One visit of a state. A state that a redrive goes on with is a visit of its own. */
export interface VisitReport {
  name: string;
  startedAt: string;
  /** Attempts and the pauses between them included; `null` while it is under way. */
  durationMs: number | null;
  /** `caught`: its last attempt failed, and the definition goes on from there. */
  outcome: 'succeeded' | 'caught' | 'failed' | 'running';
  /** How often the execution had been redriven by then. */
  redrive: number;
  /** Of a Task only. */
  attempts: AttemptReport[];
}

/** What `lab history --json` prints. */
export interface HistoryReport {
  executionArn: string;
  status: string;
  startedAt: string | null;
  stoppedAt: string | null;
  redriveCount: number;
  /** `REDRIVABLE` when a redrive would be accepted. */
  redriveStatus: string | null;
  /** Name and message of the error; `null` unless it failed. */
  error: string | null;
  message: string | null;
  states: VisitReport[];
}

export function historyReport(
  execution: Omit<DescribeExecutionOutput, 'stateMachineArn'>,
  states: VisitReport[],
): HistoryReport {
  const { executionArn = '', status = '', startDate, stopDate, redriveCount = 0 } = execution;
  return {
    executionArn,
    status,
    startedAt: startDate?.toISOString() ?? null,
    stoppedAt: stopDate?.toISOString() ?? null,
    redriveCount,
    redriveStatus: execution.redriveStatus ?? null,
    error: execution.error ?? null,
    message: messageIn(execution.cause),
    states,
  };
}

/** Lambda's cause is a JSON text around the message; others are the message itself. */
export function messageIn(cause: string | undefined): string | null {
  if (cause === undefined || cause === '') return null;
  try {
    const { errorMessage } = JSON.parse(cause) as { errorMessage?: unknown };
    return typeof errorMessage === 'string' ? errorMessage : cause;
  } catch {
    return cause;
  }
}
