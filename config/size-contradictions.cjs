// @ts-check
/** What grows with a list of parameters until AWS refuses it in the middle of a deployment. */
const secrets = require('./parameters/secrets.cjs');
const steps = require('./parameters/steps.cjs');

/**
 * @typedef {import('./contradictions.cjs').Rule} Rule
 * @typedef {import('./parameters.cjs').Name} Name
 */

/**
 * Lambda's quota for a function's environment variables is 4 KB, names included; the rest is for those that the stack
 * adds. IAM's for all inline policies of a role is 10,240 characters, and one role names each secret twice, when keys
 * encrypt them.
 */
const MOST_CHARACTERS = 3_800;

/** What stands in one environment or in one role. */
const TOGETHER = /** @type {Name[][]} */ ([
  Object.keys(secrets),
  ['APP_SECRET_ARNS', 'MASTER_SECRET_ARN', ...Object.keys(steps)],
]);

/** @type {Rule} */
function listsFit(parameters) {
  /** @param {Name} name */
  const lengthOf = (name) => name.length + JSON.stringify(parameters[name] ?? '').length;
  for (const names of TOGETHER) {
    const total = names.reduce((sum, name) => sum + lengthOf(name), 0);
    const [longest] = names.toSorted((a, b) => lengthOf(b) - lengthOf(a));
    if (total <= MOST_CHARACTERS || longest === undefined) continue;
    return {
      name: longest,
      expected: `${MOST_CHARACTERS} characters at most, together with ${names.filter((name) => name !== longest).join(' ')}`,
      found: `${total} characters`,
      example: 'the half of them, and a second stage for the others',
    };
  }
  return undefined;
}

module.exports = { listsFit };
