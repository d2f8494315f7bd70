import * as z from 'zod';
import { epochSeconds } from '../../protocol/epoch-seconds';
import { refusal } from '../errors';
import { whyNotRedrivable } from '../redrivability';
import { arn } from '../request-members';
import { defineOperation } from './operation';

/** RedriveExecution: goes on at the state that failed. A client token that was used answers as it did then. */
export const redriveExecution = defineOperation({
  name: 'RedriveExecution',
  request: z.object({ executionArn: arn, clientToken: z.string().min(1).max(64).optional() }),
  answer: ({ executionArn, clientToken }, { store, now }) => {
    const execution = store.execution(executionArn);
    const answered = execution.redriveTokens.dateOf(clientToken, now());
    if (answered !== undefined) return { redriveDate: epochSeconds(answered) };
    const reason = whyNotRedrivable(execution, now());
    if (reason !== undefined) throw refusal('ExecutionNotRedrivable', reason);
    const redriveDate = execution.redrive();
    execution.redriveTokens.remember(clientToken, redriveDate);
    return { redriveDate: epochSeconds(redriveDate) };
  },
});
