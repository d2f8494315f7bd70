import * as z from 'zod';
import { epochSeconds } from '../../protocol/epoch-seconds';
import { arn } from '../request-members';
import { defineOperation } from './operation';

/** DescribeStateMachine: the definition comes back exactly as it was given. */
export const describeStateMachine = defineOperation({
  name: 'DescribeStateMachine',
  request: z.object({ stateMachineArn: arn }),
  answer: ({ stateMachineArn }, { store }) => {
    const { name, definition, roleArn, createdDate } = store.machine(stateMachineArn);
    return {
      stateMachineArn,
      name,
      status: 'ACTIVE',
      definition,
      roleArn,
      type: 'STANDARD',
      creationDate: epochSeconds(createdDate),
    };
  },
});
