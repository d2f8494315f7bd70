import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { executionArn } from '../arns';
import { epochSeconds } from '../../protocol/epoch-seconds';
import { refusal } from '../errors';
import type { Execution } from '../execution';
import { arn, name, requireName } from '../request-members';
import { defineOperation } from './operation';

const MAX_INPUT_BYTES = 262_144;
/** How long the name of a closed execution stays taken. */
const NAME_TAKEN_MS = 90 * 24 * 60 * 60 * 1000;

const inputText = z.string().refine((text) => Buffer.byteLength(text) <= MAX_INPUT_BYTES, {
  error: `Member must have length less than or equal to ${MAX_INPUT_BYTES}`,
});

/** The parser's own words would quote the input. */
function requireJson(input: string): void {
  try {
    JSON.parse(input);
  } catch {
    throw refusal('InvalidExecutionInput', "Invalid State Machine Execution Input: 'not valid JSON'");
  }
}

const isForgotten = ({ stopDate }: Execution, now: Date): boolean =>
  stopDate !== undefined && now.getTime() - stopDate.getTime() > NAME_TAKEN_MS;

const answerFor = ({ arn: started, startDate }: Execution) => ({
  executionArn: started,
  startDate: epochSeconds(startDate),
});

/**
 * StartExecution: a name with the same input as its running execution returns that execution; with another
 * input, or once the execution is closed, the name is taken. The input is compared as text, byte by byte.
 */
export const startExecution = defineOperation({
  name: 'StartExecution',
  request: z.object({
    stateMachineArn: arn,
    name: name.default(() => randomUUID()),
    input: inputText.default('{}'),
  }),
  answer: ({ stateMachineArn, name: asked, input }, { store, now }) => {
    requireName(asked);
    requireJson(input);
    const machine = store.machine(stateMachineArn);
    const earlier = store.executionAt(executionArn(machine.arn, asked));
    if (earlier === undefined || isForgotten(earlier, now())) {
      return answerFor(store.startExecution(machine, asked, input));
    }
    if (earlier.status === 'RUNNING' && earlier.input === input) return answerFor(earlier);
    throw refusal('ExecutionAlreadyExists', `Execution Already Exists: '${earlier.arn}'`);
  },
});
