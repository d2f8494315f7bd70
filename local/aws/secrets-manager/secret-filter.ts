import { z } from 'zod';
import type { Secret } from './secret';

const MATCHED_IN = {
  description: ({ description }: Secret) => [description ?? ''],
  name: ({ name }: Secret) => [name],
  'tag-key': ({ tags }: Secret) => (tags ?? []).map(({ Key }) => Key),
  'tag-value': ({ tags }: Secret) => (tags ?? []).map(({ Value }) => Value),
  'primary-region': ({ primaryRegion }: Secret) => [primaryRegion ?? ''],
  'owning-service': ({ owningService }: Secret) => [owningService ?? ''],
};

const keys = [
  'description',
  'name',
  'tag-key',
  'tag-value',
  'primary-region',
  'owning-service',
  'all',
] as const;

export const filterShape = z.object({
  Key: z.enum(keys),
  Values: z.array(z.string().max(512)).min(1).max(10),
});

type Filter = z.output<typeof filterShape>;

/**
 * Whether the secret passes one filter of ListSecrets: any of its values suffices, and a leading `!` negates one.
 * AWS matches prefixes, case-sensitively; in descriptions, and in everything with `all`, it looks for words instead.
 * For descriptions that is not what its reference says but what it does: recorded from AWS in LocalStack's
 * test_list_secrets_filtering, "a secret" finds "an secret".
 */
export function passes(secret: Secret, { Key, Values }: Filter): boolean {
  return Values.some((value) =>
    value.startsWith('!') ? !matches(secret, Key, value.slice(1)) : matches(secret, Key, value),
  );
}

function matches(secret: Secret, key: Filter['Key'], value: string): boolean {
  if (key === 'description') return hasWords(MATCHED_IN.description(secret), value);
  if (key === 'all')
    return hasWords(
      Object.values(MATCHED_IN).flatMap((read) => read(secret)),
      value,
    );
  return MATCHED_IN[key](secret).some((text) => text.startsWith(value));
}

/** Whether every word sought is the beginning of a word that is there, in whatever case. */
function hasWords(texts: readonly string[], sought: string): boolean {
  const words = texts.flatMap(wordsOf);
  return wordsOf(sought).every((beginning) => words.some((word) => word.startsWith(beginning)));
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s/_+=.@-]+/)
    .filter((word) => word !== '');
}
