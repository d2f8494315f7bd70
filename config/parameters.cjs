// @ts-check
/**
 * Every parameter of a deployment, and the one judgement of what is given: unknown names, missing and misshapen
 * values, and combinations that contradict each other are refused before anything is packaged.
 */
const z = require('zod');
const contradictions = require('./contradictions.cjs');
const names = require('./nearest.cjs');
const kinds = require('./parameter-kinds.cjs');
const refusals = require('./refusal.cjs');

const PARAMETERS = {
  ...require('./parameters/secrets.cjs'),
  ...require('./parameters/steps.cjs'),
  ...require('./parameters/state-machine.cjs'),
  ...require('./parameters/network.cjs'),
  ...require('./parameters/owner.cjs'),
  ...require('./parameters/operation.cjs'),
};

/** @typedef {keyof typeof PARAMETERS} Name */
/** @typedef {{ [Key in Name]: z.output<(typeof PARAMETERS)[Key]['schema']> }} Parameters */
/** @typedef {{ expected: string, example: string, fields?: Record<string, Description> }} Description */

/** @type {readonly string[]} */
const NAMES = Object.keys(PARAMETERS);

/** @param {string} name @returns {Description} */
const describe = (name) => PARAMETERS[/** @type {Name} */ (name)];

const schema = z.strictObject(
  Object.fromEntries(Object.entries(PARAMETERS).map(([name, parameter]) => [name, parameter.schema])),
);

/**
 * As the environment would hold it: numbers and flags as texts, lists separated by commas.
 * @param {string} name
 * @param {unknown} value
 */
function asText(name, value) {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const isList = Array.isArray(value) && value.every((item) => ['string', 'number'].includes(typeof item));
  if (!isList) return value;
  /** @type {unknown} */
  const divided = value.find((item) => String(item).includes(','));
  if (divided !== undefined) throw refuseComma(name, divided);
  return value.join(',');
}

/**
 * @param {string} name
 * @param {unknown} item
 */
const refuseComma = (name, item) =>
  refusals.refusal({
    name,
    expected: 'items without a comma, because a comma separates items in the environment of a Lambda',
    found: item,
    example: '[one, two]',
  });

/**
 * The part of a value that does not fit, and where it is.
 * @param {string} name
 * @param {unknown} value
 * @param {PropertyKey[]} path below the parameter
 */
function blame(name, value, path) {
  if (typeof value === 'string') {
    const [index] = path;
    return { name, found: typeof index === 'number' ? kinds.splitList(value)[index] : value };
  }
  let found = value;
  for (const key of path) found = /** @type {Record<PropertyKey, unknown> | undefined} */ (found)?.[key];
  const address = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return { name: `${name}${address}`, found };
}

/**
 * What was given, without what was left empty.
 * @param {Record<string, unknown>} given values by name, as texts or as YAML has them
 * @returns {Record<string, unknown>} texts, but for what no environment variable can be
 */
function textsOf(given) {
  const set = Object.entries(given).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  return Object.fromEntries(set.map(([name, value]) => [name, asText(name, value)]));
}

/**
 * @param {Record<string, unknown>} given values by name, as texts or as YAML has them
 * @returns {Parameters}
 * @throws {Error} one line: the name, what is expected, what was found, an example
 */
function parseParameters(given) {
  const texts = textsOf(given);
  const parsed = schema.safeParse(texts);
  if (!parsed.success) throw refuse(parsed.error.issues, texts);
  const parameters = /** @type {Parameters} */ (parsed.data);
  const contradiction = contradictions.findContradiction(parameters, Object.keys(texts));
  if (contradiction !== undefined) {
    throw refusals.refusal({ example: describe(contradiction.name).example, ...contradiction });
  }
  return parameters;
}

/**
 * The first thing that is wrong; a name that nobody knows before its consequences.
 * @param {z.core.$ZodIssue[]} issues
 * @param {Record<string, unknown>} texts
 */
function refuse(issues, texts) {
  const unknown = issues.find(({ code, path }) => code === 'unrecognized_keys' && path.length === 0);
  if (unknown?.code === 'unrecognized_keys') return refuseUnknown(unknown.keys[0] ?? '', texts);
  const [issue] = issues.toSorted(
    (a, b) => Number(b.code === 'unrecognized_keys') - Number(a.code === 'unrecognized_keys'),
  );
  const [parameter, ...place] = issue?.path ?? [];
  const path = issue?.code === 'unrecognized_keys' ? [...place, ...issue.keys.slice(0, 1)] : place;
  const name = String(parameter);
  const description = describe(name);
  const { expected, example } = description.fields?.[String(path.at(1))] ?? description;
  return refusals.refusal({ expected, example, ...blame(name, texts[name], path) });
}

/**
 * @param {string} name
 * @param {Record<string, unknown>} texts
 */
function refuseUnknown(name, texts) {
  const known = names.nearest(name, NAMES);
  return refusals.refusal({
    name,
    expected: `a parameter's name, perhaps ${known}`,
    found: texts[name],
    example: `${known}: ${describe(known).example}`,
  });
}

module.exports = { NAMES, parseParameters, textsOf };
