import { z } from 'zod';
import { withEpochDates } from '../answer-dates';
import { pageOf } from '../page';
import { pageRequest, secretId } from '../request-members';
import type { Version } from '../versions';
import { defineOperation } from './operation';

/** ListSecretVersionIds: the versions of a secret; deprecated ones, without any label, only when asked for. */
export const listSecretVersionIds = defineOperation({
  name: 'ListSecretVersionIds',
  request: z.object({ SecretId: secretId, IncludeDeprecated: z.boolean().default(false), ...pageRequest }),
  answer: ({ SecretId, IncludeDeprecated, ...page }, { store }) => {
    const { arn, name, versions } = store.find(SecretId);
    const wanted = [...versions.values()].filter(({ stages }) => IncludeDeprecated || stages.length > 0);
    const { items, next } = pageOf(wanted, page);
    return { ARN: arn, Name: name, Versions: items.map(entryFor), ...next };
  },
});

function entryFor({ versionId, stages, createdDate, lastAccessedDate }: Version): object {
  return {
    VersionId: versionId,
    VersionStages: stages.length > 0 ? stages : undefined,
    ...withEpochDates({ CreatedDate: createdDate, LastAccessedDate: lastAccessedDate }),
  };
}
