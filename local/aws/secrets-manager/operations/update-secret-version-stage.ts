import { z } from 'zod';
import { secretId, versionId, versionStage } from '../request-members';
import { requireWritable } from '../secret';
import { changeStage } from '../stage-change';
import { defineOperation } from './operation';

/** UpdateSecretVersionStage: moves or removes one label, if it is where the caller says it is. */
export const updateSecretVersionStage = defineOperation({
  name: 'UpdateSecretVersionStage',
  request: z.object({
    SecretId: secretId,
    VersionStage: versionStage,
    MoveToVersionId: versionId.optional(),
    RemoveFromVersionId: versionId.optional(),
  }),
  answer: ({ SecretId, VersionStage, MoveToVersionId, RemoveFromVersionId }, { store, now }) => {
    const secret = store.find(SecretId);
    requireWritable(secret, store.region);
    const versions = changeStage(secret.versions, {
      stage: VersionStage,
      moveTo: MoveToVersionId,
      removeFrom: RemoveFromVersionId,
    });
    store.save({ ...secret, versions, lastChangedDate: now() });
    return { ARN: secret.arn, Name: secret.name };
  },
});
