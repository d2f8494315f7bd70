import { isDeepStrictEqual } from 'node:util';

/** What JavaScript's own parser tells of a value beside it (ECMAScript, JSON.parse, "source text access"). */
interface Source {
  source?: string;
}

/** A secret's fields with numbers as they are written: JavaScript would round some, and forget a trailing zero. */
function fieldsOf(text: string): Record<string, unknown> {
  const keepNumbers = (_key: string, value: unknown, ...[context]: [Source?]): unknown =>
    typeof value === 'number' ? { number: context?.source } : value;
  return JSON.parse(text, keepNumbers) as Record<string, unknown>;
}

/** The first field, the login apart, that is not the same in both; `undefined` when there is none. */
export function differingField(before: string, after: string): string | undefined {
  const [one, other] = [fieldsOf(before), fieldsOf(after)];
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  names.delete('username');
  names.delete('password');
  return [...names].find(
    (name) =>
      Object.hasOwn(one, name) !== Object.hasOwn(other, name) || !isDeepStrictEqual(one[name], other[name]),
  );
}
