import { z } from 'zod';
import { secretId } from '../request-members';
import { requireWritable } from '../secret';
import { defineOperation } from './operation';

/** RestoreSecret: takes a scheduled deletion back; the values are still there. */
export const restoreSecret = defineOperation({
  name: 'RestoreSecret',
  request: z.object({ SecretId: secretId }),
  answer: ({ SecretId }, { store }) => {
    const restored = { ...store.find(SecretId), deletedDate: undefined };
    requireWritable(restored, store.region);
    store.save(restored);
    return { ARN: restored.arn, Name: restored.name };
  },
});
