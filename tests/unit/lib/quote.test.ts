import {
  literalPattern,
  quoteAccount,
  quoteName,
  quoteText,
  withValues,
} from '../../../lib/databases/mysql/connection/quote';

describe('quoting', () => {
  it.each([
    ['plain', '`plain`'],
    ['we`ird', '`we``ird`'],
    ['``', '``````'],
    [String.raw`a\_b%`, String.raw`${'`a\\_b%`'}`],
    ["it's", "`it's`"],
  ])('writes the name %s as %s', (name, quoted) => {
    expect(quoteName(name)).toBe(quoted);
  });

  it('writes an account with each part on its own', () => {
    expect(quoteAccount("a'@'b", '%')).toBe("`a'@'b`@`%`");
    expect(quoteAccount('a`@`b', '10.0.0.%')).toBe('`a``@``b`@`10.0.0.%`');
  });

  it.each([
    ['plain', "'plain'"],
    ["it's", "'it''s'"],
    ['back\\', "'back\\\\'"],
    ["\\' OR 1", "'\\\\'' OR 1'"],
  ])('writes the text %s as %s', (text, quoted) => {
    expect(quoteText(text)).toBe(quoted);
  });

  it.each([
    ['shop', 'shop'],
    ['my_shop', String.raw`my\_shop`],
    ['%', String.raw`\%`],
    [String.raw`a\b_`, String.raw`a\\b\_`],
  ])('makes of the database %s the pattern %s, which matches nothing else', (database, pattern) => {
    expect(literalPattern(database)).toBe(pattern);
  });

  it.each([
    ['plain', "_utf8mb4 X'706c61696e'"],
    ['', "_utf8mb4 X''"],
    ["' OR 1=1 -- ", "_utf8mb4 X'27204f5220313d31202d2d20'"],
    ['größe?', "_utf8mb4 X'6772c3b6c39f653f'"],
    ['😀\\', "_utf8mb4 X'f09f98805c'"],
  ])('writes the value %j as bytes: %s', (value, literal) => {
    expect(withValues('SELECT ? AS a', [value])).toBe(`SELECT ${literal} AS a`);
  });

  it('puts each value in its own place, also one that holds a question mark', () => {
    expect(withValues('a = ? AND b IN (?, ?)', ['?', 'b', '?'])).toBe(
      "a = _utf8mb4 X'3f' AND b IN (_utf8mb4 X'62', _utf8mb4 X'3f')",
    );
  });

  it.each([
    ['fewer', 'a = ? AND b = ?', ['1']],
    ['more', 'a = ?', ['1', '2']],
    ['no', 'a = ?', []],
  ])('refuses %s values for the places of a statement', (_, sql, values) => {
    expect(() => withValues(sql, values)).toThrow(/a statement has \d places for \d values/);
  });
});
