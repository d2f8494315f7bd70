import * as fc from 'fast-check';
import { MARKER } from './confidential';

/** Texts that mean something to a server, a parser, a shell or a terminal. */
const HOSTILE = [
  "'; DROP USER root@localhost; -- ",
  '` OR 1=1 #',
  String.raw`\'`,
  '%',
  '_',
  '*.*',
  'a@b',
  "root'@'%",
  '${jndi:ldap://x}',
  '{{7*7}}',
  '../../etc/passwd',
  '\u0000',
  'a\u0000b',
  'a\nb',
  '\u001b[31m',
  '\ufeffapp',
  ' app ',
  'äöü ß é',
  '用户名',
  '👩‍💻',
  '\u202eevil',
  '\ud800',
  '__proto__',
  'constructor',
  '３３０６',
  'NaN',
  'null',
  'undefined',
  '[object Object]',
];

const NUMBERS = [
  '0',
  '-0',
  '-1',
  '1.0',
  '3306.0',
  '3306.5',
  '65536',
  '1e3',
  '1e400',
  '12345678901234567890',
  '0.1e-7',
];
const TEXTS_OF_NUMBERS = [
  '"3306"',
  '" 3306"',
  '"+3306"',
  '"-1"',
  '"0x10"',
  '"1e3"',
  '"3306.0"',
  '"03306"',
  '""',
  '" "',
];
const OBJECTS = [
  '{}',
  '[]',
  '[[]]',
  '{"":""}',
  `{"__proto__":{"password":"${MARKER}"}}`,
  `{"constructor":{"name":"${MARKER}"}}`,
  '{"toString":1,"valueOf":null,"hasOwnProperty":"x"}',
  '{"toJSON":"x"}',
  '{"a":1,"a":2}',
];

const ARNS = [
  'arn:aws:secretsmanager:us-east-1:123456789012:secret:other-AbCdEf',
  'arn:aws:secretsmanager:eu-west-1:210987654321:secret:master-AbCdEf',
  'arn:aws:rds:us-east-1:123456789012:db:other',
  'arn:',
  'arn:aws:secretsmanager:us-east-1:123456789012:secret:',
];

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const nestedObject = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);

/** JSON's own limit here is the stack of who reads it recursively. */
const DEEP = [100, 1_000, 10_000];

const text = (value: string): string => JSON.stringify(value);

/** Any text, of any characters, also of the kinds that are not text at all. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE, ...ARNS),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc
    .tuple(fc.constantFrom(...HOSTILE), fc.integer({ min: 1, max: 500 }))
    .map(([part, count]) => part.repeat(count)),
);

/** A confidential text, whole or with something around it. */
const markedText: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('', ...HOSTILE), fc.constantFrom('', ...HOSTILE))
  .map(([before, after]) => `${before}${MARKER}${after}`);

/** A value in JSON's own words: as a secret's writer typed it, with all that a parser would forget. */
export const rawValue: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('null', 'true', 'false', '"true"', '"FALSE"', '"yes"'),
  fc.constantFrom(...NUMBERS, ...TEXTS_OF_NUMBERS),
  fc.constantFrom(...OBJECTS),
  anyText.map(text),
  fc.json({ maxDepth: 4 }),
  fc
    .constantFrom(...DEEP.flatMap((depth) => [nested(depth), nestedObject(depth).slice(0, 50_000)]))
    .filter(isJson),
  fc.integer({ min: 1_000, max: 50_000 }).map((length) => text('x'.repeat(length))),
);

function isJson(raw: string): boolean {
  try {
    JSON.parse(raw);
    return true;
  } catch {
    return false;
  }
}

/** The same, and in it, somewhere, what must not be told. */
export const markedValue: fc.Arbitrary<string> = fc.oneof(
  markedText.map(text),
  markedText.map((value) => JSON.stringify([value])),
  markedText.map((value) => JSON.stringify({ value, [value]: value })),
  markedText.map((value) => JSON.stringify([[{ deep: [value] }]])),
);
