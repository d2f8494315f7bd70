// @ts-check
/**
 * A Lambda's process that has loaded its code and waits for invocations, one at a time, as a warm one does.
 * JavaScript, because it runs without any loader. Its arguments are the bundle's file and the handler's name in it.
 *
 * Receives `{ event, environment }` and answers `{ result }` or `{ error: { name, message } }`.
 */

/** @typedef {{ default: Record<string, (event: unknown, context: unknown) => unknown> }} Bundle */

const [file = '', name = ''] = process.argv.slice(2);
const bundle = /** @type {Promise<Bundle>} */ (import(file));

/** Lambda ends kickoff, the longest, after this. */
const REMAINING_MS = 610_000;

/** @param {{ event: unknown, environment: Record<string, string> }} invocation */
async function invoke({ event, environment }) {
  Object.assign(process.env, environment);
  return (await bundle).default[name]?.(event, { getRemainingTimeInMillis: () => REMAINING_MS });
}

process.on('message', (message) => {
  invoke(/** @type {{ event: unknown, environment: Record<string, string> }} */ (message)).then(
    (result) => process.send?.({ result: result ?? null }),
    (/** @type {unknown} */ thrown) => {
      const { name: error, message: text } = /** @type {Error} */ (thrown);
      process.send?.({ error: { name: error, message: text } });
    },
  );
});
