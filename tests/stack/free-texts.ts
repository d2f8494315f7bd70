import * as fc from 'fast-check';

/** Every parameter that takes any text, and reaches the Lambdas in an environment variable of the same name. */
export const FREE_TEXTS = [
  'APP_USER_1',
  'APP_USER_2',
  'USERNAME_SUFFIX',
  'EXCLUDE_CHARACTERS',
  'DB_CA_BUNDLE_PATH',
  'ALLOW_INITIAL_SETUP',
  'ALLOW_PRIVILEGED_USERS',
  'ALLOW_MISSING_RIGHTS',
  'RUNBOOK_URL',
] as const;

export type FreeTexts = Record<(typeof FREE_TEXTS)[number], string>;

/** Pieces that the framework, YAML, CloudFormation, JavaScript or a shell could take for something else. */
const PIECES = [
  '${',
  '$',
  '{',
  '}',
  '\\',
  '\\\\',
  '\\${',
  '$${',
  '${}',
  '${self:service}',
  '${env:HOME}',
  '${AWS::Region}',
  '${!x}',
  '#{x}',
  '%s',
  '!Ref x',
  '&a',
  '*a',
  '<aws.scheduler.scheduled-time>',
  '$&',
  '"',
  "'",
  '`',
  ': ',
  ' #',
  '007',
  'é',
  '名',
  '😀',
  ' ',
  '=',
];

const text = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'grapheme-ascii', maxLength: 3 })), {
    minLength: 1,
    maxLength: 8,
  })
  .map((pieces) => pieces.join(''));

/** Texts for all of them at once; the two users differ. */
export const freeTexts: fc.Arbitrary<FreeTexts> = fc.tuple(...FREE_TEXTS.map(() => text)).map((texts) => {
  const given = Object.fromEntries(FREE_TEXTS.map((name, index) => [name, texts[index] ?? '']));
  return {
    ...given,
    APP_USER_2: `other${given['APP_USER_2'] ?? ''}`,
    RUNBOOK_URL: `https://wiki.example.com/${given['RUNBOOK_URL'] ?? ''}`,
  } as FreeTexts;
});
