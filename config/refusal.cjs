// @ts-check
/**
 * Every refusal of a parameter is one line: its name, what is expected, what was found, and an example.
 *
 * The error has no stack, because the framework would print it and bury the sentence that the deployer needs.
 * @param {{ name: string, expected: string, found?: unknown, example: string }} reason without `found`: nothing
 * @returns {Error}
 */
function refusal({ name, expected, found, example }) {
  const message = `${name}: expected ${expected}, found ${quoted(found)}, for example ${example}`;
  return Object.assign(new Error(message), { stack: message });
}

/** Long values are cut: the line has to stay one. */
const LONGEST_VALUE = 200;

/** @param {unknown} value */
function quoted(value) {
  if (value === undefined || value === null || value === '') return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const line = text.replaceAll(/\s+/g, ' ');
  return `"${line.length > LONGEST_VALUE ? `${line.slice(0, LONGEST_VALUE)}…` : line}"`;
}

module.exports = { refusal };
