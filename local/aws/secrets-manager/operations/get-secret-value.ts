import { z } from 'zod';
import { epochSeconds } from '../../protocol/epoch-seconds';
import { dayOf } from '../answer-dates';
import { invalidRequest, notFound } from '../errors';
import { secretId, versionId, versionStage } from '../request-members';
import { requireNotDeleted, type Secret } from '../secret';
import { CURRENT, holderOf, type Version, withVersion } from '../versions';
import { defineOperation } from './operation';

/** GetSecretValue: the value of one version, by id, by label or by both; AWSCURRENT when neither is given. */
export const getSecretValue = defineOperation({
  name: 'GetSecretValue',
  request: z.object({
    SecretId: secretId,
    VersionId: versionId.optional(),
    VersionStage: versionStage.optional(),
  }),
  answer: ({ SecretId, VersionId, VersionStage }, { store, now }) => {
    const secret = store.find(SecretId);
    requireNotDeleted(secret);
    const version =
      VersionId === undefined
        ? holderOf(secret.versions, VersionStage ?? CURRENT)
        : versionById(secret, VersionId, VersionStage);
    if (version?.value === undefined) {
      const sought =
        VersionId === undefined ? `staging label: ${VersionStage ?? CURRENT}` : `VersionId: ${VersionId}`;
      throw notFound(`Secrets Manager can't find the specified secret value for ${sought}`);
    }
    const lastAccessedDate = dayOf(now());
    const versions = withVersion(secret.versions, { ...version, lastAccessedDate });
    store.save({ ...secret, lastAccessedDate, versions });
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.versionId,
      VersionStages: version.stages.length > 0 ? version.stages : undefined,
      CreatedDate: epochSeconds(version.createdDate),
      ...version.value,
    };
  },
});

/** AWS: "If you specify both this parameter and VersionId, the two parameters must refer to the same version." */
function versionById(secret: Secret, id: string, stage: string | undefined): Version | undefined {
  const version = secret.versions.get(id);
  if (version !== undefined && stage !== undefined && !version.stages.includes(stage)) {
    throw invalidRequest('You provided a VersionStage that is not associated to the provided VersionId.');
  }
  return version;
}
