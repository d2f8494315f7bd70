import * as z from 'zod';
import { epochSeconds, epochSecondsIf } from '../../protocol/epoch-seconds';
import type { Execution } from '../execution';
import { pageOf } from '../page';
import { arn, pageRequest } from '../request-members';
import { defineOperation } from './operation';

/** ListExecutions of a state machine, the most recent first. PENDING_REDRIVE is for the children of a Map Run. */
export const listExecutions = defineOperation({
  name: 'ListExecutions',
  request: z.object({
    stateMachineArn: arn,
    statusFilter: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']).optional(),
    redriveFilter: z.enum(['REDRIVEN', 'NOT_REDRIVEN']).optional(),
    ...pageRequest,
  }),
  answer: ({ stateMachineArn, statusFilter, redriveFilter, ...page }, { store }) => {
    const machine = store.machine(stateMachineArn);
    const found = store
      .executions()
      .filter((execution) => execution.machine === machine)
      .filter(({ status }) => statusFilter === undefined || status === statusFilter)
      .filter((execution) => redriveFilter === undefined || redriveFilter === redrivenOrNot(execution))
      .toSorted((one, other) => other.serial - one.serial);
    const { items, next } = pageOf(found, { key: ({ serial }) => serial, newestFirst: true }, page);
    return { executions: items.map(entryFor), ...next };
  },
});

const redrivenOrNot = ({ redriveCount }: Execution) => (redriveCount > 0 ? 'REDRIVEN' : 'NOT_REDRIVEN');

function entryFor({ arn: executionArn, machine, name, status, ...execution }: Execution): object {
  return {
    executionArn,
    stateMachineArn: machine.arn,
    name,
    status,
    startDate: epochSeconds(execution.startDate),
    stopDate: epochSecondsIf(execution.stopDate),
    redriveCount: execution.redriveCount,
    redriveDate: epochSecondsIf(execution.redriveDate),
  };
}
