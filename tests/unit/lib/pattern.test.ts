import * as fc from 'fast-check';
import { patternCovers } from '../../../lib/databases/mysql/rights/pattern';

/** Every name of up to three of these letters, and whether a pattern matches it, as LIKE does. */
const LETTERS = ['a', 'b', '_'];
const NAMES = LETTERS.flatMap((x) => ['', ...LETTERS].flatMap((y) => ['', ...LETTERS].map((z) => x + y + z)));

function matches(pattern: string, name: string): boolean {
  const source = pattern.replaceAll(/\\(.)|[%_]/g, (element, escaped: string | undefined) => {
    return escaped ?? (element === '%' ? '.*' : '.');
  });
  return new RegExp(`^${source}$`).test(name);
}

describe('a pattern of database names', () => {
  it.each([
    ['%', 'anything', true],
    ['%', 'a%', true],
    ['a%', '%', false],
    ['app_%', String.raw`app\_x`, true],
    [String.raw`app\_%`, 'app_x', false],
    [String.raw`app\_%`, String.raw`app\_x`, true],
    ['app_', 'app_', true],
    [String.raw`app\_`, String.raw`app\_`, true],
    [String.raw`app\_`, 'app_', false],
    ['a', 'A', false],
    ['a_c', 'a%c', false],
    ['a%c', 'a_c', true],
    ['%a%', 'bab', true],
    ['', '', true],
    ['', 'a', false],
  ])('%j covers %j: %s', (wide, narrow, expected) => {
    expect(patternCovers(wide, narrow)).toBe(expected);
  });

  it('covers only patterns that match no more names', () => {
    const pattern = fc
      .array(fc.constantFrom('a', 'b', '_', '%', String.raw`\_`, String.raw`\%`), { maxLength: 4 })
      .map((elements) => elements.join(''));

    fc.assert(
      fc.property(pattern, pattern, (wide, narrow) => {
        if (!patternCovers(wide, narrow)) return;
        const beyond = NAMES.filter((name) => matches(narrow, name) && !matches(wide, name));
        expect(beyond).toEqual([]);
      }),
    );
  });

  it('covers itself', () => {
    fc.assert(
      fc.property(fc.string(), (pattern) => {
        expect(patternCovers(pattern, pattern)).toBe(true);
      }),
    );
  });
});
