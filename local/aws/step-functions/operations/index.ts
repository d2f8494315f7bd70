import { createStateMachine } from './create-state-machine';
import { describeExecution } from './describe-execution';
import { describeStateMachine } from './describe-state-machine';
import { getExecutionHistory } from './get-execution-history';
import { listExecutions } from './list-executions';
import type { Operation } from './operation';
import { redriveExecution } from './redrive-execution';
import { startExecution } from './start-execution';
import { stopExecution } from './stop-execution';

/** Everything the endpoint can do. A new operation is a file beside this one and a line here. */
export const operations: readonly Operation[] = [
  createStateMachine,
  describeExecution,
  describeStateMachine,
  getExecutionHistory,
  listExecutions,
  redriveExecution,
  startExecution,
  stopExecution,
];
