// @ts-check
/**
 * The far side of packaged-process.ts: one fresh Node process, one invocation. JavaScript, because it runs without
 * any loader, as a Lambda does.
 *
 * Receives an invocation and answers `{ result, usage }` or `{ error: { name, message }, usage }`.
 */

/** @typedef {{ default: Record<string, ((event: unknown, context: object) => Promise<unknown>) | undefined> }} Bundle */

/**
 * @typedef {object} Invocation
 * @property {string} name the function's key in serverless.yml
 * @property {string} file
 * @property {string} handler
 * @property {unknown} event
 * @property {number} deadline when Lambda would end it, in milliseconds since the epoch
 * @property {import('./call-log.cjs').CallLog} [log] when the calls to AWS are to be noted
 */

/** CPU of the process and time since it began, in milliseconds. */
function clock() {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1_000, wallMs: performance.now() };
}

/** @typedef {ReturnType<typeof clock>} Reading */

/** @param {Reading} from @param {Reading} to */
const between = (from, to) => ({ cpuMs: to.cpuMs - from.cpuMs, wallMs: to.wallMs - from.wallMs });

const readings = { started: clock(), loaded: clock() };

function usage() {
  const { started, loaded } = readings;
  return {
    start: started,
    load: between(started, loaded),
    invocation: between(loaded, clock()),
    maxRssKib: process.resourceUsage().maxRSS,
  };
}

/** @param {number} deadline what of Lambda's context object the functions read */
const contextUntil = (deadline) => ({
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
});

/** @param {Invocation} invocation */
async function invoke({ name, file, handler, event, deadline, log }) {
  readings.started = clock();
  /** @type {unknown} */
  const bundle = await import(file);
  readings.loaded = clock();
  const run = /** @type {Bundle} */ (bundle).default[handler];
  if (run === undefined) throw new Error(`${file} exports no ${handler}`);
  const { notingCalls } = await import('./call-log.cjs');
  return notingCalls(name, log, () => run(event, contextUntil(deadline)));
}

/** @param {unknown} thrown */
function describe(thrown) {
  return thrown instanceof Error
    ? { name: thrown.name, message: thrown.message }
    : { name: typeof thrown, message: String(thrown) };
}

/** Lambda freezes a function as soon as it has answered; what still runs is not waited for. */
const end = () => process.exit(0);

/** @param {object} outcome */
const answer = (outcome) => process.send?.({ ...outcome, usage: usage() }, undefined, undefined, end);

// A terminal sends Ctrl-C to all processes of its command. A Lambda would hear nothing of it: who invoked it decides.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
// Nobody is left to hear the answer.
process.once('disconnect', end);

process.once('message', (message) => {
  invoke(/** @type {Invocation} */ (message)).then(
    (result) => answer({ result: result ?? null }),
    (/** @type {unknown} */ thrown) => answer({ error: describe(thrown) }),
  );
});
