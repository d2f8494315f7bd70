import { z } from 'zod';
import { invalidRequest } from '../errors';
import { secretId } from '../request-members';
import { requireWritable } from '../secret';
import { CURRENT, holderOf, PENDING } from '../versions';
import { defineOperation } from './operation';

/**
 * CancelRotateSecret: turns rotation off, and stops one under way after the step that is being done. The labels
 * stay as they are: AWS leaves it to the caller to remove AWSPENDING from the version that the answer names.
 */
export const cancelRotateSecret = defineOperation({
  name: 'CancelRotateSecret',
  request: z.object({ SecretId: secretId }),
  answer: ({ SecretId }, { store, now }) => {
    const secret = store.find(SecretId);
    requireWritable(secret, store.region);
    const { arn, name, rotation, versions } = secret;
    if (rotation === undefined) {
      throw invalidRequest('No Lambda rotation function ARN is associated with this secret.');
    }
    const lastChangedDate = now();
    store.save({
      ...secret,
      lastChangedDate,
      rotating: undefined,
      rotation: { ...rotation, enabled: false },
    });
    const pending = holderOf(versions, PENDING);
    const isPartial = pending !== undefined && !pending.stages.includes(CURRENT);
    return { ARN: arn, Name: name, ...(isPartial && { VersionId: pending.versionId }) };
  },
});
