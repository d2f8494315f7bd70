// @ts-check
/**
 * Notes which calls to AWS each Lambda makes, when a test run asks for it: the roles in resources/ are compared with
 * the notes. JavaScript, because it also runs beside a bundle (child.cjs), where there is no loader.
 *
 * A note holds the function, the service, the action, and what kind of resource was named; never a value. It is made
 * when the request leaves, so that a call which fails, or whose process is killed, is noted too.
 */
const { AsyncLocalStorage } = process.getBuiltinModule('node:async_hooks');
const { channel } = process.getBuiltinModule('node:diagnostics_channel');
const { appendFileSync } = process.getBuiltinModule('node:fs');

/**
 * @typedef {object} CallLog
 * @property {string} folder where each process appends to a file of its own
 * @property {string} origin the test file on whose behalf the function runs
 */

/** @typedef {{ functionName: string, log: CallLog }} Invocation */

/**
 * @typedef {object} Request what is used of Node's ClientRequest
 * @property {(name: string) => unknown} getHeader
 * @property {(...given: unknown[]) => unknown} end
 */

/** Announced when a request is made and nothing of it was sent; its headers stand. */
const REQUESTS = channel('http.client.request.created');

/** The service's prefix in IAM, out of the scope of the request's signature. */
const SIGNED_FOR = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\/aws4_request/;

/** @type {import('node:async_hooks').AsyncLocalStorage<Invocation>} */
const invocations = new AsyncLocalStorage();
/** @type {Set<string>} */
const noted = new Set();
let running = 0;

/**
 * The test run's wish, or `undefined`.
 * @returns {CallLog | undefined}
 */
function callLog() {
  const folder = process.env['STEPWISE_ROTATION_CALL_LOG'] ?? '';
  if (folder === '') return undefined;
  return { folder, origin: process.env['STEPWISE_ROTATION_CALL_ORIGIN'] ?? '' };
}

/** @param {string} secretId */
function secretKind(secretId) {
  const masters = (process.env['MASTER_SECRET_ARN'] ?? '').split(',').map((arn) => arn.trim());
  return masters.includes(secretId) ? 'master' : 'app';
}

/** @param {Record<string, unknown>} members of the request */
function resourceKind({ SecretId, stateMachineArn, executionArn, TopicArn }) {
  if (typeof SecretId === 'string') return secretKind(SecretId);
  if (typeof executionArn === 'string') return 'execution';
  if (typeof stateMachineArn === 'string') return 'machine';
  return typeof TopicArn === 'string' ? 'topic' : 'none';
}

/**
 * @param {string} text JSON, or the form that the older query protocol sends
 * @returns {Record<string, unknown>}
 */
const membersOf = (text) =>
  text.startsWith('{')
    ? /** @type {Record<string, unknown>} */ (JSON.parse(text))
    : Object.fromEntries(new URLSearchParams(text));

/**
 * @param {Invocation} invocation
 * @param {string} service
 * @param {unknown} target the header X-Amz-Target, `service.Action`
 * @param {string} body
 */
function note({ functionName, log }, service, target, body) {
  const members = membersOf(body);
  const action = typeof target === 'string' ? target.slice(target.indexOf('.') + 1) : members['Action'];
  const call = { functionName, service, action, resource: resourceKind(members), origin: log.origin };
  const line = `${JSON.stringify(call)}\n`;
  if (noted.has(line)) return;
  noted.add(line);
  appendFileSync(`${log.folder}/${String(process.pid)}.jsonl`, line);
}

/** @param {unknown} message */
function onRequest(message) {
  const invocation = invocations.getStore();
  const { request } = /** @type {{ request: Request }} */ (message);
  const service = SIGNED_FOR.exec(String(request.getHeader('authorization')))?.[1];
  if (invocation === undefined || service === undefined) return;
  const target = request.getHeader('x-amz-target');
  const end = request.end.bind(request);
  request.end = (...given) => {
    const [body] = given;
    note(invocation, service, target, typeof body === 'string' || Buffer.isBuffer(body) ? String(body) : '');
    return end(...given);
  };
}

/**
 * Runs a function's code and notes its calls.
 * @template Result
 * @param {string} functionName its key in serverless.yml
 * @param {CallLog | undefined} log
 * @param {() => Promise<Result>} run
 * @returns {Promise<Result>}
 */
async function notingCalls(functionName, log, run) {
  if (log === undefined) return run();
  if (running === 0) REQUESTS.subscribe(onRequest);
  running += 1;
  try {
    return await invocations.run({ functionName, log }, run);
  } finally {
    running -= 1;
    if (running === 0) REQUESTS.unsubscribe(onRequest);
  }
}

module.exports = { callLog, notingCalls };
