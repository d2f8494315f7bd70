import { explainError } from '../../../lib/reporting/explain-error';

const SECRET = 'hunter2';
const causeOf = (errorMessage: unknown): string =>
  JSON.stringify({ errorType: 'x', errorMessage, trace: [SECRET] });

describe('an error of this service', () => {
  it('is explained by its own message, without the trace', () => {
    const explained = explainError({ error: 'SecretFormatError', cause: causeOf('port: expected a number') });

    expect(explained).toEqual({
      name: 'SecretFormatError',
      meaning: 'port: expected a number',
      remedy: 'Correct the field that the message names.',
      anchor: 'secretformaterror',
    });
  });

  it('is told on one line, because a name in a database may hold any character', () => {
    const { meaning } = explainError({
      error: 'SecretFormatError',
      cause: causeOf('a\n\r\u0000b\u2028c\u001b[31m'),
    });

    expect(meaning).toBe('a b c [31m');
  });

  it('is told in part when its message is very long', () => {
    expect(
      explainError({ error: 'SecretFormatError', cause: causeOf('x'.repeat(9_000)) }).meaning,
    ).toHaveLength(4_000);
  });

  it.each([undefined, '', SECRET, `{"errorMessage": "${SECRET}`, causeOf({ SECRET }), 'null'])(
    'whose cause is %j is told without it',
    (cause) => {
      const explained = explainError({ error: 'SecretFormatError', cause });

      expect(explained.meaning).toBe("Its message could not be read; it is in the execution's history.");
    },
  );
});

describe('a name that is not of this service', () => {
  it.each(['Lambda.Unknown', 'States.Timeout', 'Sandbox.Timedout', 'States.Runtime', 'Runtime.ExitError'])(
    '%s is explained by a text of ours alone',
    (error) => {
      const explained = explainError({ error, cause: causeOf(SECRET) });

      expect(explained.name).toBe(error);
      expect(JSON.stringify(explained)).not.toContain(SECRET);
      expect(explained.meaning.length * explained.remedy.length).toBeGreaterThan(0);
    },
  );

  it.each([
    ['Error', 'Error'],
    ['Lambda.BrandNewException', 'Lambda.BrandNewException'],
    [`my ${SECRET}`, 'an unknown error'],
    ['x'.repeat(81), 'an unknown error'],
    ['constructor', 'constructor'],
    ['', 'an unknown error'],
  ])('and not known, such as %j, is told as %j, without what was said with it', (error, name) => {
    const explained = explainError({ error, cause: causeOf(SECRET) });

    expect(explained).toMatchObject({ name, anchor: undefined });
    expect(JSON.stringify(explained)).not.toContain(SECRET);
    expect(explained.meaning).toContain('is withheld');
  });
});
