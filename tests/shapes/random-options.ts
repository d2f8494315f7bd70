import * as fc from 'fast-check';
import type { Product } from './shape';

const TLS = ['NONE', 'SSL', 'X509', "SUBJECT '/CN=it''s' AND CIPHER 'X-Y'", 'ISSUER \'/CN="a" \\\\ b\''];
const ATTRIBUTES = [
  '{}',
  '{"a": 1}',
  '{"a": {"b": [1, "x"], "c": true}}',
  '{"a": {"c": false}, "comment": "it\'\'s"}',
];

/** Clauses of CREATE USER and ALTER USER, or none. */
export function randomOptions(product: Product): fc.Arbitrary<string> {
  const limit = fc.integer({ min: 0, max: 3 }).map((number) => number * 1000);
  const days = fc.integer({ min: 1, max: 400 });
  const clause = (text: string, value: fc.Arbitrary<unknown>) => value.map((it) => `${text} ${String(it)}`);
  const limits = [
    ...[
      'MAX_QUERIES_PER_HOUR',
      'MAX_UPDATES_PER_HOUR',
      'MAX_CONNECTIONS_PER_HOUR',
      'MAX_USER_CONNECTIONS',
    ].map((name) => clause(name, limit)),
    ...(product === 'MariaDB' ? [clause('MAX_STATEMENT_TIME', fc.constantFrom(0, 2.5, 60))] : []),
  ];
  const expiry = fc
    .constantFrom('DEFAULT', 'NEVER', 'INTERVAL 40 DAY')
    .map((value) => `PASSWORD EXPIRE ${value}`);
  const orDefault = (value: fc.Arbitrary<string>) => fc.oneof(fc.constant('DEFAULT'), value);
  const policy = [
    clause('PASSWORD HISTORY', orDefault(days.map(String))),
    clause('PASSWORD REUSE INTERVAL', orDefault(days.map((number) => `${number} DAY`))),
    clause('PASSWORD REQUIRE CURRENT', fc.constantFrom('', 'OPTIONAL', 'DEFAULT')),
    clause('FAILED_LOGIN_ATTEMPTS', fc.constantFrom(0, 1, 5)),
    clause('PASSWORD_LOCK_TIME', fc.constantFrom(0, 3, 'UNBOUNDED')),
  ];
  const some = (parts: readonly fc.Arbitrary<string>[]) =>
    fc
      .tuple(...parts.map((part) => fc.option(part, { nil: '' })))
      .map((texts) => texts.filter(Boolean).join(' '));
  const parts = [
    fc.option(clause('REQUIRE', fc.constantFrom(...TLS)), { nil: '' }),
    some(limits).map((text) => (text === '' ? '' : `WITH ${text}`)),
    fc.option(expiry, { nil: '' }),
    ...(product === 'MySQL'
      ? [
          some(policy),
          fc.option(
            fc.constantFrom(...ATTRIBUTES).map((json) => `ATTRIBUTE '${json}'`),
            { nil: '' },
          ),
        ]
      : []),
  ];
  return fc.tuple(...parts).map((texts) => texts.filter(Boolean).join(' '));
}
