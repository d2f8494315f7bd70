import * as fc from 'fast-check';
import { anyText, rawValue } from './raw-values';
import type { Change } from './secret-text';

/** Changes to a document whose values are no secrets, such as an execution's input or an event. */
export function shapeChanges(
  fields: readonly string[],
  valueFor: (field: string) => fc.Arbitrary<string> = () => rawValue,
): fc.Arbitrary<Change[]> {
  const field = fc.constantFrom(...fields);
  const change: fc.Arbitrary<Change> = fc.oneof(
    {
      weight: 4,
      arbitrary: field.chain((name) =>
        fc.record({ do: fc.constant('set' as const), field: fc.constant(name), raw: valueFor(name) }),
      ),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), field }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('add' as const),
        key: fc.oneof(field, anyText),
        raw: rawValue,
        isFirst: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.constant<Change>({ do: 'write', how: 'in-an-array' }) },
    { weight: 1, arbitrary: fc.constant<Change>({ do: 'write', how: 'as-a-text' }) },
  );
  return fc.array(change, { minLength: 1, maxLength: 3 });
}

/** Any JSON at all. */
export const anyJson: fc.Arbitrary<string> = rawValue;
