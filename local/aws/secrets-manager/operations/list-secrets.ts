import { z } from 'zod';
import { pageOf } from '../page';
import { pageRequest } from '../request-members';
import type { Secret } from '../secret';
import { describe, stagesByVersionId } from '../secret-description';
import { filterShape, passes } from '../secret-filter';
import { defineOperation } from './operation';

const SORT_KEYS = {
  'created-date': ({ createdDate }: Secret) => createdDate.getTime(),
  'last-accessed-date': ({ lastAccessedDate }: Secret) => lastAccessedDate?.getTime() ?? 0,
  'last-changed-date': ({ lastChangedDate }: Secret) => lastChangedDate.getTime(),
  name: ({ name }: Secret) => name,
};

/** ListSecrets: the secrets that pass every filter; those scheduled for deletion only when asked for. */
export const listSecrets = defineOperation({
  name: 'ListSecrets',
  request: z.object({
    Filters: z.array(filterShape).max(10).default([]),
    IncludePlannedDeletion: z.boolean().default(false),
    SortBy: z
      .enum(['created-date', 'last-accessed-date', 'last-changed-date', 'name'])
      .default('created-date'),
    SortOrder: z.enum(['asc', 'desc']).default('desc'),
    ...pageRequest,
  }),
  answer: ({ Filters, IncludePlannedDeletion, SortBy, SortOrder, ...page }, { store }) => {
    const found = store
      .all()
      .filter(({ deletedDate }) => IncludePlannedDeletion || deletedDate === undefined)
      .filter((secret) => Filters.every((filter) => passes(secret, filter)));
    const { items, next } = pageOf(sorted(found, SORT_KEYS[SortBy], SortOrder), page);
    return { SecretList: items.map(entryFor), ...next };
  },
});

function sorted(
  secrets: Secret[],
  key: (secret: Secret) => string | number,
  order: 'asc' | 'desc',
): Secret[] {
  const ascending = secrets.toSorted((one, other) => {
    if (key(one) === key(other)) return 0;
    return key(one) < key(other) ? -1 : 1;
  });
  return order === 'asc' ? ascending : ascending.reverse();
}

/** DescribeSecret's facts; only here AWS calls the labels by version id SecretVersionsToStages. */
function entryFor(secret: Secret): object {
  return { ...describe(secret), SecretVersionsToStages: stagesByVersionId(secret) };
}
