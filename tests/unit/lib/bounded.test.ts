import * as fc from 'fast-check';
import { boundedList, boundedText, RIGHTS_BYTES } from '../../../lib/bounded';
import { SecretNotFoundError } from '../../../lib/errors';
import { defineStep } from '../../../lib/step';
import * as z from 'zod';

const bytesOf = (text: string) => Buffer.byteLength(text);

test('a text within its bound is left alone, a longer one is cut and says so', () => {
  expect(boundedText('ä'.repeat(50), 100)).toBe('ä'.repeat(50));
  const cut = boundedText('ä'.repeat(51), 100);
  expect(cut).toMatch(/^ä+ … \(cut: 102 bytes in all\)$/);
  expect(bytesOf(cut)).toBeLessThanOrEqual(100);
});

test('a text of any characters stays within its bytes, and no character is cut through', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const cut = boundedText(text, 200);
      expect(bytesOf(cut)).toBeLessThanOrEqual(200);
      expect(cut).not.toContain('\ufffd');
    }),
  );
});

test('a list says how many items were left out', () => {
  expect(boundedList(['a', 'b'], 1_000)).toEqual(['a', 'b']);
  const items = Array.from({ length: 10_000 }, (_, index) => `EXECUTE on routine ${index}`);
  const kept = boundedList(items, RIGHTS_BYTES);
  expect(kept.at(-1)).toBe(`and ${items.length - kept.length + 1} more`);
  expect(kept.slice(0, -1)).toEqual(items.slice(0, kept.length - 1));
});

test('a list of any texts stays within its bytes as JSON', () => {
  const anyItem = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constant('"'.repeat(5_000)),
    fc.constant('\u0001'),
  );
  fc.assert(
    fc.property(fc.array(anyItem, { maxLength: 60 }), (items) => {
      expect(bytesOf(JSON.stringify(boundedList(items, 3_000)))).toBeLessThanOrEqual(3_000);
    }),
  );
});

test('one long item is cut, and does not displace the others', () => {
  const [first, second] = boundedList(['x'.repeat(100_000), 'y'], RIGHTS_BYTES);
  expect(first).toMatch(/^x+ … \(cut: 100000 bytes in all\)$/);
  expect(second).toBe('y');
});

test.each([
  ['an error of its own', () => Promise.reject(new SecretNotFoundError('ö'.repeat(300_000)))],
  ['an input of many unknown fields', undefined],
])('a step keeps the name of %s whose message is longer than a state', async (_what, run) => {
  const handler = defineStep({
    name: 'SetSecret',
    input: z.strictObject({}),
    run: run ?? (() => Promise.resolve()),
  });
  const fields = Object.fromEntries(Array.from({ length: 30_000 }, (_, index) => [`field${index}`, 1]));
  const error = await handler(run === undefined ? fields : {}).catch((thrown: unknown) => thrown as Error);
  expect(error).toMatchObject({ name: run === undefined ? 'InvalidInputError' : 'SecretNotFoundError' });
  expect(bytesOf((error as Error).message)).toBeLessThanOrEqual(8_192);
  expect((error as Error).message).toContain('bytes in all');
});
