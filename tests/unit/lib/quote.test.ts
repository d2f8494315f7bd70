import {
  literalPattern,
  quoteAccount,
  quoteName,
  quoteText,
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
});
