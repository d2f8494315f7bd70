// @ts-check
/**
 * The numbers of the state machine that a deployer may tune, read from the environment.
 *
 * Step Functions wants literal integers in a definition, and an environment variable is a string: packaged as
 * it is, `"Seconds": "7"` is only refused at deploy time. So they are converted and judged here, once, for the
 * framework (deployment.cjs) and for the local runner alike. JavaScript, because the framework loads no TypeScript.
 */

/**
 * Without a stack, because the framework would print it and bury the sentence that the deployer needs.
 * @param {string} message names the variable, what was found and what is expected
 */
const refusal = (message) => Object.assign(new Error(message), { stack: message });

/**
 * @typedef {object} Tunables every value is an integer, in seconds unless it counts attempts
 * @property {number} databasePasswordPropagationWait between SetSecret and TestSecret
 * @property {number} masterPasswordPropagationWait before SetSecret, while the master is rotating
 * @property {number} connectionTestRetries attempts of TestSecret after the first one
 * @property {number} connectionTestRetryDelay between two attempts of TestSecret
 * @property {number} executionTimeout above the longest that an execution can take with the values above
 */

/** Step Functions' own limit for Seconds, IntervalSeconds, MaxAttempts and TimeoutSeconds. */
const STATES_LIMIT = 99_999_999;

/**
 * What all steps may take with every retrier used up, those from SetSecret on twice, without what the tunables
 * add: about 8,000 s, and reserve.
 */
const STEPS_BUDGET_SECONDS = 10_800;

/** One attempt of TestSecret at most: its TimeoutSeconds in rotation.asl.yml. */
const TEST_ATTEMPT_SECONDS = 40;

/**
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @param {string} name
 * @param {{ least: number, otherwise: number }} rule
 * @returns {number}
 */
function integer(environment, name, { least, otherwise }) {
  const found = environment[name]?.trim() ?? '';
  if (found === '') return otherwise;
  const value = Number(found);
  if (!/^\d+$/.test(found) || value < least || value > STATES_LIMIT) {
    throw refusal(`${name}: expected an integer from ${least} to ${STATES_LIMIT}, found "${found}"`);
  }
  return value;
}

/**
 * @param {Readonly<Record<string, string | undefined>>} environment unset and empty variables take their default
 * @returns {Tunables}
 */
function readTunables(environment) {
  const chosen = {
    databasePasswordPropagationWait: integer(environment, 'DB_PASSWORD_PROPAGATION_WAIT', {
      least: 0,
      otherwise: 5,
    }),
    masterPasswordPropagationWait: integer(environment, 'RDS_PASSWORD_PROPAGATION_WAIT', {
      least: 0,
      otherwise: 8,
    }),
    connectionTestRetries: integer(environment, 'DB_CONNECTION_TEST_RETRIES', { least: 0, otherwise: 3 }),
    connectionTestRetryDelay: integer(environment, 'DB_CONNECTION_TEST_RETRY_DELAY', {
      least: 1,
      otherwise: 5,
    }),
  };
  const added =
    chosen.masterPasswordPropagationWait +
    2 * chosen.databasePasswordPropagationWait +
    2 * chosen.connectionTestRetries * (chosen.connectionTestRetryDelay + TEST_ATTEMPT_SECONDS);
  return { ...chosen, executionTimeout: Math.min(STEPS_BUDGET_SECONDS + added, STATES_LIMIT) };
}

module.exports = { STATES_LIMIT, readTunables };
