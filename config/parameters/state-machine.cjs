// @ts-check
/** The numbers of the state machine; config/tunables.cjs makes of them what a definition needs. */
const kinds = require('../parameter-kinds.cjs');
const tunables = require('../tunables.cjs');

module.exports = {
  DB_PASSWORD_PROPAGATION_WAIT: kinds.wholeNumber(0, tunables.STATES_LIMIT, 5),
  RDS_PASSWORD_PROPAGATION_WAIT: kinds.wholeNumber(0, tunables.STATES_LIMIT, 8),
  DB_CONNECTION_TEST_RETRIES: kinds.wholeNumber(0, tunables.STATES_LIMIT, 3),
  DB_CONNECTION_TEST_RETRY_DELAY: kinds.wholeNumber(1, tunables.STATES_LIMIT, 5),
};
