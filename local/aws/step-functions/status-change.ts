import type { Execution } from './execution';
import { whyNotRedrivable } from './redrivability';

const INCLUDED = { included: true };

/**
 * The `detail` of EventBridge's "Step Functions Execution Status Change": what DescribeExecution tells, with
 * times in milliseconds since the epoch and `null` for what is absent.
 */
export interface ExecutionStatusChange {
  executionArn: string;
  stateMachineArn: string;
  stateMachineVersionArn: null;
  stateMachineAliasArn: null;
  name: string;
  status: Execution['status'];
  startDate: number;
  stopDate: number | null;
  input: string;
  inputDetails: { included: boolean };
  output: string | null;
  outputDetails: { included: boolean } | null;
  error: string | null;
  cause: string | null;
  redriveCount: number;
  redriveDate: number | null;
  redriveStatus: 'REDRIVABLE' | 'NOT_REDRIVABLE';
  redriveStatusReason: string | null;
}

export function statusChangeOf(execution: Execution, now: Date): ExecutionStatusChange {
  const { arn, machine, name, status, startDate, stopDate, input, output, error, cause } = execution;
  const { redriveCount, redriveDate } = execution;
  const reason = whyNotRedrivable(execution, now);
  return {
    executionArn: arn,
    stateMachineArn: machine.arn,
    stateMachineVersionArn: null,
    stateMachineAliasArn: null,
    name,
    status,
    startDate: startDate.getTime(),
    stopDate: stopDate?.getTime() ?? null,
    input,
    inputDetails: INCLUDED,
    output: output ?? null,
    outputDetails: output === undefined ? null : INCLUDED,
    error: error ?? null,
    cause: cause ?? null,
    redriveCount,
    redriveDate: redriveDate?.getTime() ?? null,
    redriveStatus: reason === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    redriveStatusReason: reason ?? null,
  };
}
