import type { Failure } from '../executions/execution-records';
import type { ExecutionEnded } from './execution-ended';
import type { ExecutionRequest } from './execution-request';
import type { RunSummary } from './run-summary';

/** An execution that ended without success, as a notice tells of it. */
export interface FailedExecution {
  executionArn: string;
  status: Exclude<ExecutionEnded['detail']['status'], 'SUCCEEDED'>;
  endedAt: Date;
  /** Number of the redrive that ended; 0 for the first run. */
  redriveCount: number;
  request: ExecutionRequest;
  run: RunSummary;
  /** What it ended with, as far as Step Functions tells. */
  failure: Failure | undefined;
  /** Why it cannot be re-driven; `undefined` when it can. */
  notRedrivable: string | undefined;
  runbookUrl: string | undefined;
}
