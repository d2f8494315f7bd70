import { z } from 'zod';
import { secretId } from '../request-members';
import { requireWritable } from '../secret';
import { defineOperation } from './operation';

/** UntagResource: removes tags by their keys. AWS: one that is not there is no error. */
export const untagResource = defineOperation({
  name: 'UntagResource',
  request: z.object({ SecretId: secretId, TagKeys: z.array(z.string().min(1).max(128)) }),
  answer: ({ SecretId, TagKeys }, { store, now }) => {
    const secret = store.find(SecretId);
    requireWritable(secret, store.region);
    if (secret.tags === undefined) return {};
    const tags = secret.tags.filter(({ Key }) => !TagKeys.includes(Key));
    store.save({ ...secret, tags, lastChangedDate: now() });
    return {};
  },
});
