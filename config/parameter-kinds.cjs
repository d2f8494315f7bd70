// @ts-check
/**
 * The kinds of values that parameters have. Every one is given as a text, as environment variables are, and
 * says in words what is expected, for the refusal of another.
 */
const z = require('zod');

/**
 * @template Schema
 * @typedef {object} Parameter
 * @property {Schema} schema of the text; a parameter that is not set is `undefined`, or its default
 * @property {string} expected completes "expected …"
 * @property {string} example
 */

/** @param {string} text */
const splitList = (text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/**
 * What an environment variable cannot hold, and what CloudFormation replaces in any text of a template ("Dynamic
 * references" in its user guide).
 */
const CHANGED_ON_THE_WAY = /[\u0000-\u001f\u007f]|\{\{resolve:/;

/** @param {string} text */
const arrivesAsItIs = (text) => text.isWellFormed() && !CHANGED_ON_THE_WAY.test(text);

/** @param {string} example */
const anyText = (example) => ({
  schema: z.string().refine(arrivesAsItIs).optional(),
  expected: 'a text without control characters, halves of surrogate pairs, and "{{resolve:"',
  example,
});

/**
 * @param {RegExp} pattern
 * @param {string} expected
 * @param {string} example
 */
const textLike = (pattern, expected, example) => ({
  schema: z.string().regex(pattern).optional(),
  expected,
  example,
});

/**
 * @param {RegExp} pattern of one item
 * @param {string} expected
 * @param {string} example
 * @param {number} [most] how many items there may be
 */
const listOf = (pattern, expected, example, most = 1000) => ({
  schema: z
    .string()
    .default('')
    .transform(splitList)
    .pipe(z.array(z.string().regex(pattern)).max(most)),
  expected,
  example,
});

/**
 * @param {number} least
 * @param {number} most
 */
const numberWithin = (least, most) =>
  z
    .string()
    .regex(/^\s*\d+\s*$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most));

/**
 * @param {number} least
 * @param {number} most
 * @param {number} otherwise
 */
const wholeNumber = (least, most, otherwise) => ({
  schema: numberWithin(least, most).default(otherwise),
  expected: `a whole number from ${least} to ${most}`,
  example: String(otherwise),
});

/**
 * @param {number} least
 * @param {number} most
 * @param {string} example
 */
const optionalWholeNumber = (least, most, example) => ({
  schema: numberWithin(least, most).optional(),
  expected: `a whole number from ${least} to ${most}`,
  example,
});

/** @param {'true' | 'false'} example */
const flag = (example = 'true') => ({
  schema: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
  expected: 'true or false',
  example,
});

/**
 * @template {string} Word
 * @param {readonly [Word, ...Word[]]} words the first one is the example
 */
const oneOf = (words) => ({
  schema: z.enum(words).optional(),
  expected: `one of ${words.join(', ')}`,
  example: words[0],
});

module.exports = {
  splitList,
  arrivesAsItIs,
  anyText,
  textLike,
  listOf,
  wholeNumber,
  optionalWholeNumber,
  flag,
  oneOf,
};
