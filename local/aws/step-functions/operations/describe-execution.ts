import * as z from 'zod';
import { arn } from '../request-members';
import { statusChangeOf } from '../status-change';
import { defineOperation } from './operation';

/** DescribeExecution: what a status event would tell now, as the API writes it: seconds, and no nulls. */
export const describeExecution = defineOperation({
  name: 'DescribeExecution',
  request: z.object({ executionArn: arn }),
  answer: ({ executionArn }, { store, now }) => {
    const { startDate, stopDate, redriveDate, ...told } = statusChangeOf(
      store.execution(executionArn),
      now(),
    );
    const dates = { startDate, stopDate, redriveDate };
    const present = [
      ...Object.entries(told).filter(([, value]) => value !== null),
      ...Object.entries(dates).flatMap(([name, date]) => (date === null ? [] : [[name, date / 1000]])),
    ];
    return Object.fromEntries(present) as object;
  },
});
