import type { CallCounts } from '../call-counter';
import type { ExecutionRecord, ExecutionStatus } from '../state-machine/execution-record';
import { reportStates, type StateReport } from './state-report';

/** What `lab rotate --json` prints. */
export interface RotationReport {
  status: ExecutionStatus;
  /** Name and message of the error; `null` unless the execution failed. */
  error: string | null;
  cause: string | null;
  states: StateReport[];
  /** The execution's output; `null` unless it succeeded. */
  output: unknown;
  executionArn: string;
  /** `null` when the steps ran in processes of their own, where nobody counts. */
  secretsManagerCalls: CallCounts['secretsManagerCalls'] | null;
  database: CallCounts['database'] | null;
}

export function reportRotation(record: ExecutionRecord, counts: CallCounts | undefined): RotationReport {
  const { status, error = null, cause = null, output = null, executionArn } = record;
  return {
    status,
    error,
    cause,
    states: reportStates(record),
    output: status === 'SUCCEEDED' ? output : null,
    executionArn,
    secretsManagerCalls: counts?.secretsManagerCalls ?? null,
    database: counts?.database ?? null,
  };
}
