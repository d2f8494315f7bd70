import { z } from 'zod';
import { refusal } from '../errors';
import { secretId, tags } from '../request-members';
import { requireWritable } from '../secret';
import { defineOperation } from './operation';

/** AWS's quota for every resource. */
const MAX_TAGS = 50;

/** TagResource: adds tags; one whose key is there already gets the new value. */
export const tagResource = defineOperation({
  name: 'TagResource',
  request: z.object({ SecretId: secretId, Tags: tags }),
  answer: ({ SecretId, Tags }, { store, now }) => {
    const secret = store.find(SecretId);
    requireWritable(secret, store.region);
    const byKey = new Map([...(secret.tags ?? []), ...Tags].map((tag) => [tag.Key, tag]));
    if (byKey.size > MAX_TAGS) {
      throw refusal('LimitExceededException', `A secret can have at most ${MAX_TAGS} tags.`);
    }
    store.save({ ...secret, tags: [...byKey.values()], lastChangedDate: now() });
    return {};
  },
});
