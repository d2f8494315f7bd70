import * as fc from 'fast-check';
import { MARKER } from './confidential';
import { markedValue, rawValue } from './raw-values';
import { writings, type Change } from './secret-text';

/** What the service reads in an application's secret. */
const APPLICATION_FIELDS = [
  'engine',
  'host',
  'port',
  'username',
  'password',
  'dbname',
  'masterarn',
  'ssl',
  'database',
];
/** And in a master's. */
const MASTER_FIELDS = ['host', 'port', 'username', 'password', 'ssl', 'engine'];

const OTHER_KEYS = [
  '',
  ' ',
  'Password',
  'user',
  'pass word',
  '__proto__',
  'constructor',
  'toString',
  'ключ',
  'a\u0000b',
  'id',
];

/** What is not JSON, at the very place of the secret value: a parser's own message would quote it. */
const notJson = fc.constantFrom(
  MARKER,
  `'${MARKER}'`,
  `"${MARKER}`,
  `"${MARKER}"x`,
  `"a\n${MARKER}"`,
  `{${MARKER}}`,
);

/** Well-formed, and not what it should be. */
const WELL_FORMED: Readonly<Record<string, string>> = {
  engine: '"mariadb"',
  host: '"db.example"',
  port: '3307',
  username: '"somebody"',
  password: '"Another-password-0123456789"',
  dbname: '"mysql"',
  database: '"mysql"',
  masterarn: '"arn:aws:secretsmanager:us-east-1:123456789012:secret:other-AbCdEf"',
  ssl: 'false',
};

/** A name is told in messages, on purpose; whatever else a field holds is not. */
const valueFor = (field: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 2, arbitrary: rawValue },
    { weight: 2, arbitrary: fc.constant(WELL_FORMED[field] ?? 'null') },
    ...(field === 'username'
      ? []
      : [
          { weight: 2, arbitrary: markedValue },
          { weight: 1, arbitrary: notJson },
        ]),
  );

function harmful(fields: readonly string[]): fc.Arbitrary<Change> {
  const field = fc.constantFrom(...fields);
  return fc.oneof(
    field.chain((name) =>
      fc.record({ do: fc.constant('set' as const), field: fc.constant(name), raw: valueFor(name) }),
    ),
    fc.record({ do: fc.constant('remove' as const), field }),
    // A second field of the same name: the last one counts.
    field.chain((name) =>
      fc.record({
        do: fc.constant('add' as const),
        key: fc.constant(name),
        raw: valueFor(name),
        isFirst: fc.boolean(),
      }),
    ),
    fc.record({
      do: fc.constant('rename' as const),
      field,
      to: fc.constantFrom(...OTHER_KEYS, 'dbname', 'database', 'engine', 'host'),
    }),
    fc.record({ do: fc.constant('write' as const), how: fc.constantFrom(...writings) }),
  );
}

/** What a secret may have and be rotated all the same. */
const harmless: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    do: fc.constant('add' as const),
    key: fc.constantFrom(...OTHER_KEYS),
    raw: fc.oneof(rawValue, markedValue),
    isFirst: fc.boolean(),
  }),
  fc.constantFrom<Change>(
    { do: 'text-of-number', field: 'port' },
    { do: 'rename', field: 'dbname', to: 'database' },
    { do: 'remove', field: 'masterarn' },
    { do: 'remove', field: 'dbname' },
    { do: 'add', key: 'ssl', raw: 'true', isFirst: false },
    { do: 'add', key: 'ssl', raw: '"TRUE"', isFirst: false },
    { do: 'add', key: 'password', raw: '"another"', isFirst: true },
    { do: 'write', how: 'spaced' },
  ),
);

const changesOf = (fields: readonly string[]): fc.Arbitrary<Change[]> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.array(harmful(fields), { minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.array(harmless, { minLength: 1, maxLength: 3 }) },
  );

export const applicationChanges = changesOf(APPLICATION_FIELDS);
export const masterChanges = changesOf(MASTER_FIELDS);
