import * as z from 'zod';
import { epochSeconds } from '../../protocol/epoch-seconds';
import { refusal } from '../errors';
import { arn, name, requireName } from '../request-members';
import { requireDefinition, type StateMachine } from '../state-machine';
import { defineOperation } from './operation';

const answerFor = ({ arn: stateMachineArn, createdDate }: StateMachine) => ({
  stateMachineArn,
  creationDate: epochSeconds(createdDate),
});

/** CreateStateMachine: safe to repeat with the same definition; another role is then ignored, as AWS says. */
export const createStateMachine = defineOperation({
  name: 'CreateStateMachine',
  request: z.object({
    name,
    definition: z.string().min(1).max(1_048_576),
    roleArn: arn,
    type: z.enum(['STANDARD', 'EXPRESS']).default('STANDARD'),
  }),
  answer: ({ type, ...asked }, { store, now }) => {
    requireName(asked.name);
    if (type === 'EXPRESS') {
      throw refusal('StateMachineTypeNotSupported', 'This endpoint runs STANDARD state machines only');
    }
    requireDefinition(asked.definition);
    const existing = store.machineNamed(asked.name);
    if (existing === undefined) return answerFor(store.addMachine({ ...asked, createdDate: now() }));
    if (existing.definition === asked.definition) return answerFor(existing);
    throw refusal('StateMachineAlreadyExists', `State Machine Already Exists: '${existing.arn}'`);
  },
});
