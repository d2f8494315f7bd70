import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { alreadyExists } from '../errors';
import { secretId, versionId as token } from '../request-members';
import { requireWritable } from '../secret';
import { readValue, valueShape } from '../value';
import { CURRENT } from '../versions';
import { writeVersion } from '../write-version';
import { defineOperation } from './operation';

/** UpdateSecret: changes what a secret says about itself; with a value also adds a version, which is AWSCURRENT. */
export const updateSecret = defineOperation({
  name: 'UpdateSecret',
  request: z.object({
    SecretId: secretId,
    ClientRequestToken: token.optional(),
    Description: z.string().max(2048).optional(),
    KmsKeyId: z.string().max(2048).optional(),
    ...valueShape,
  }),
  answer: (request, context) => {
    const { store, now, accessKeyId: author } = context;
    const { SecretId, ClientRequestToken: versionId = randomUUID(), Description, KmsKeyId } = request;
    const secret = store.find(SecretId);
    requireWritable(secret, store.region);
    const value = readValue(request);
    // AWS: a token "that matches an existing version's VersionId … results in an error", whatever the value.
    if (value !== undefined && secret.versions.has(versionId)) {
      throw alreadyExists(
        `You can't use ClientRequestToken ${versionId} because that value is already in use for a version ` +
          `of secret ${secret.arn}.`,
      );
    }
    const updated = {
      ...secret,
      lastChangedDate: now(),
      ...(Description !== undefined && { description: Description }),
      // AWS: the empty string means the account's own key, aws/secretsmanager, which no description shows.
      ...(KmsKeyId !== undefined && { kmsKeyId: KmsKeyId === '' ? undefined : KmsKeyId }),
    };
    if (value === undefined) store.save(updated);
    else writeVersion(context, updated, { versionId, value, author, stages: [CURRENT] });
    return { ARN: secret.arn, Name: secret.name, ...(value !== undefined && { VersionId: versionId }) };
  },
});
