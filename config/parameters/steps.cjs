// @ts-check
/** What the Lambdas read when they run. lib/config.ts judges the same once more; a test keeps the two equal. */
const kinds = require('../parameter-kinds.cjs');

/** A port is 1 to 65535, without leading zeros. */
const PORT = '(?:[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])';

const ARN = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret';

module.exports = {
  APP_USER_1: kinds.anyText('app'),
  APP_USER_2: kinds.anyText('app_clone'),
  USERNAME_SUFFIX: kinds.anyText('_clone'),
  PASSWORD_LENGTH: kinds.wholeNumber(8, 256, 32),
  EXCLUDE_CHARACTERS: kinds.anyText('/@"\'\\'),
  DB_CA_BUNDLE_PATH: kinds.anyText('/var/runtime/ca-cert.pem'),
  DB_ENDPOINTS: kinds.listOf(
    new RegExp(`^(?:\\S+=)?(?:[^\\s:/=,[\\]]+|\\[[0-9A-Fa-f:.]+\\]):${PORT}$`),
    "host:port, or <ARN of the master's secret>=host:port, several separated by commas",
    'db.example.com:3306',
  ),
  DB_ALLOW_PLAINTEXT_FALLBACK: kinds.flag(),
  ALLOW_INITIAL_SETUP: kinds.anyText('true'),
  ALLOW_PRIVILEGED_USERS: kinds.anyText('app_admin'),
  ALLOW_MISSING_RIGHTS: kinds.anyText('BACKUP_ADMIN'),
  ALLOW_REPAIR: kinds.listOf(
    /^arn:[^:]+:secretsmanager:[^:]+:\d{12}:secret:.+$/,
    'the ARN of every secret that may be repaired, separated by commas (it is a flag no more)',
    `${ARN}:example/app-AbCdEf`,
  ),
  ALLOW_TAKEOVER: kinds.listOf(
    /^arn:[^:]+:secretsmanager:[^:]+:\d{12}:secret:.+=.+$/,
    '<ARN of a secret>=<user name>, several separated by commas',
    `${ARN}:example/app-AbCdEf=app_clone`,
  ),
  KICKOFF_WAIT: kinds.wholeNumber(0, 600, 300),
};
