import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { alreadyExists, invalidRequest } from '../errors';
import { secretId, versionId as token, versionStage } from '../request-members';
import { requireWritable, type Secret } from '../secret';
import { isSameValue, readValue, valueShape } from '../value';
import { CURRENT, type Version } from '../versions';
import { writeVersion } from '../write-version';
import { defineOperation } from './operation';

/**
 * PutSecretValue: writes a version once. The same token with the same data changes nothing, with other data
 * it is refused; the token of a version that has no value yet fills it, which is how a rotation writes its
 * pending version. Labels given are moved here from other versions; none given means AWSCURRENT.
 */
export const putSecretValue = defineOperation({
  name: 'PutSecretValue',
  request: z.object({
    SecretId: secretId,
    ClientRequestToken: token.optional(),
    VersionStages: z.array(versionStage).min(1).max(20).optional(),
    RotationToken: z.string().min(36).max(256).optional(),
    ...valueShape,
  }),
  answer: (request, context) => {
    const { store, rotations, accessKeyId } = context;
    const secret = store.find(request.SecretId);
    requireWritable(secret, store.region);
    const value = readValue(request);
    if (value === undefined) throw invalidRequest('You must provide either SecretString or SecretBinary.');

    const versionId = request.ClientRequestToken ?? randomUUID();
    const existing = secret.versions.get(versionId);
    if (existing?.value !== undefined) {
      if (isSameValue(existing.value, value)) return answerFor(secret, existing);
      throw alreadyExists(
        `You can't use ClientRequestToken ${versionId} because that value is already in use for a version ` +
          `of secret ${secret.arn}.`,
      );
    }
    const author = rotations.authorOf(secret, accessKeyId, request.RotationToken);
    const stages = stagesFor(secret, request.VersionStages);
    return answerFor(secret, writeVersion(context, secret, { versionId, value, author, stages }));
  },
});

/** AWS: the first version of a secret gets AWSCURRENT whatever labels were asked for. */
function stagesFor(secret: Secret, asked: readonly string[] = [CURRENT]): readonly string[] {
  return secret.versions.size === 0 ? [...asked, CURRENT] : asked;
}

function answerFor({ arn, name }: Secret, { versionId, stages }: Version): object {
  return { ARN: arn, Name: name, VersionId: versionId, VersionStages: stages };
}
