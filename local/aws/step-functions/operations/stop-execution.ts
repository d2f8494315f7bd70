import * as z from 'zod';
import { epochSecondsIf } from '../../protocol/epoch-seconds';
import { arn } from '../request-members';
import { defineOperation } from './operation';

/** StopExecution: ends a running execution as ABORTED; one that has ended is left as it is. */
export const stopExecution = defineOperation({
  name: 'StopExecution',
  request: z.object({
    executionArn: arn,
    error: z.string().max(256).optional(),
    cause: z.string().max(32_768).optional(),
  }),
  answer: async ({ executionArn, error, cause }, { store }) => {
    const execution = store.execution(executionArn);
    await execution.stop({ ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) });
    return { stopDate: epochSecondsIf(execution.stopDate) };
  },
});
