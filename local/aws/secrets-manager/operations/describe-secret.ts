import { z } from 'zod';
import { secretId } from '../request-members';
import { describe, stagesByVersionId } from '../secret-description';
import { defineOperation } from './operation';

/** DescribeSecret: everything about a secret but its values, also while it is scheduled for deletion. */
export const describeSecret = defineOperation({
  name: 'DescribeSecret',
  request: z.object({ SecretId: secretId }),
  answer: ({ SecretId }, { store }) => {
    const secret = store.find(SecretId);
    return { ...describe(secret), VersionIdsToStages: stagesByVersionId(secret) };
  },
});
