export interface FailedAttempt {
  way: string;
  reason: string;
}

/** No database server could be started; the message says what was tried and what would help. */
export class NoDatabaseServerError extends Error {
  override readonly name = 'NoDatabaseServerError';

  constructor(readonly attempts: readonly FailedAttempt[]) {
    super(
      [
        'No database server could be started. Any one of these is enough:',
        '  - ROTATION_MYSQL_URL=mysql://user:password@host:port, a server that you run;',
        '  - a `mysqld` (MySQL 8.0 or newer) on the PATH;',
        "  - network access: a private MySQL is then fetched from Debian's packages or MySQL's own site.",
        'What was tried:',
        ...attempts.map(({ way, reason }) => `  - ${way}: ${indented(reason)}`),
      ].join('\n'),
    );
  }
}

function indented(reason: string): string {
  return reason.trim().replaceAll('\n', '\n      ');
}
