// @ts-check
/**
 * The far side of packaged-process.ts: one fresh Node process, one invocation. JavaScript, because it runs without
 * any loader, as a Lambda does.
 *
 * Receives `{ file, handler, event }` and answers `{ result }` or `{ error: { name, message } }`.
 */

/** @typedef {{ default: Record<string, ((event: unknown) => unknown) | undefined> }} Bundle */

/** @param {{ file: string, handler: string, event: unknown }} invocation */
async function invoke({ file, handler, event }) {
  /** @type {unknown} */
  const bundle = await import(file);
  const run = /** @type {Bundle} */ (bundle).default[handler];
  if (run === undefined) throw new Error(`${file} exports no ${handler}`);
  return run(event);
}

/** @param {unknown} thrown */
function describe(thrown) {
  return thrown instanceof Error
    ? { name: thrown.name, message: thrown.message }
    : { name: typeof thrown, message: String(thrown) };
}

/** Lambda freezes a function as soon as it has answered; what still runs is not waited for. */
const end = () => process.exit(0);

process.once('message', (message) => {
  invoke(/** @type {{ file: string, handler: string, event: unknown }} */ (message)).then(
    (result) => process.send?.({ result: result ?? null }, undefined, undefined, end),
    (/** @type {unknown} */ thrown) => process.send?.({ error: describe(thrown) }, undefined, undefined, end),
  );
});
