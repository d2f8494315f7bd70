import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { alreadyExists, invalidRequest } from '../errors';
import { tags, versionId as token } from '../request-members';
import { requireName, type Secret } from '../secret';
import { isSameValue, readValue, type SecretValue, valueShape } from '../value';
import { CURRENT, type Versions } from '../versions';
import { defineOperation } from './operation';

/** CreateSecret: a new secret, with a first version that is AWSCURRENT when a value is given. */
export const createSecret = defineOperation({
  name: 'CreateSecret',
  request: z.object({
    Name: z.string().min(1).max(512),
    ClientRequestToken: token.optional(),
    Description: z.string().max(2048).optional(),
    KmsKeyId: z.string().max(2048).optional(),
    Tags: tags.max(50).optional(),
    ...valueShape,
  }),
  answer: (request, { store, now, accessKeyId: author }) => {
    const { Name: name, ClientRequestToken: versionId = randomUUID() } = request;
    requireName(name);
    const value = readValue(request);
    const existing = store.withName(name);
    if (existing !== undefined) return answerAgain(existing, versionId, value);

    const created = now();
    const versions: Versions = new Map(
      value === undefined
        ? []
        : [[versionId, { versionId, value, author, stages: [CURRENT], createdDate: created }]],
    );
    const secret: Secret = {
      arn: store.arnFor(name),
      name,
      createdDate: created,
      lastChangedDate: created,
      versions,
      description: request.Description,
      kmsKeyId: request.KmsKeyId,
      tags: request.Tags,
    };
    store.save(secret);
    return answerFor(secret, value === undefined ? undefined : versionId);
  },
});

/** AWS: a repeated call with the same token and the same data "is ignored"; anything else is a clash. */
function answerAgain(secret: Secret, versionId: string, value: SecretValue | undefined): object {
  if (secret.deletedDate !== undefined) {
    throw invalidRequest(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  const made = secret.versions.get(versionId)?.value;
  if (made !== undefined && value !== undefined && isSameValue(made, value)) {
    return answerFor(secret, versionId);
  }
  throw alreadyExists(`The operation failed because the secret ${secret.name} already exists.`);
}

function answerFor({ arn, name }: Secret, versionId: string | undefined): object {
  return { ARN: arn, Name: name, VersionId: versionId };
}
