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
 * Whether the secret passes one filter of ListSecrets: any of its values suffices. AWS matches prefixes,
 * case-sensitively except in descriptions; `all` looks for words anywhere; a leading `!` negates a value.
 */
export function passes(secret: Secret, { Key, Values }: Filter): boolean {
  return Values.some((value) =>
    value.startsWith('!') ? !matches(secret, Key, value.slice(1)) : matches(secret, Key, value),
  );
}

function matches(secret: Secret, key: Filter['Key'], value: string): boolean {
  if (key === 'all') {
    const text = Object.values(MATCHED_IN)
      .flatMap((read) => read(secret))
      .join('\n')
      .toLowerCase();
    return value
      .toLowerCase()
      .split(/\s+/)
      .every((word) => text.includes(word));
  }
  const fold = (text: string) => (key === 'description' ? text.toLowerCase() : text);
  return MATCHED_IN[key](secret).some((text) => fold(text).startsWith(fold(value)));
}
