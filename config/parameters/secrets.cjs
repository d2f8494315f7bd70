// @ts-check
/** Which secrets a deployment is for, and the keys that encrypt them. */
const arns = require('../arn.cjs');
const kinds = require('../parameter-kinds.cjs');

const ACCOUNT = 'eu-central-1:111122223333';

/** Kickoff's policy has a statement of about 420 characters for each, and Lambda takes 20 KB of them (Lambda quotas). */
const MOST_SECRETS = 40;

module.exports = {
  APP_SECRET_ARNS: kinds.listOf(
    arns.SECRET,
    `the whole ARN of every secret that may be rotated, with the dash and six characters at its end, ${MOST_SECRETS} at most, separated by commas`,
    `arn:aws:secretsmanager:${ACCOUNT}:secret:example/app-AbCdEf`,
    MOST_SECRETS,
  ),
  MASTER_SECRET_ARN: kinds.listOf(
    arns.SECRET,
    "the whole ARN of the master's secret, with the dash and six characters at its end, several separated by commas",
    `arn:aws:secretsmanager:${ACCOUNT}:secret:example/master-AbCdEf`,
  ),
  // An alias will not do: a policy can name a key by its own ARN only.
  SECRETS_KMS_KEY_ARNS: kinds.listOf(
    arns.KEY,
    'ARNs of the KMS keys that encrypt the secrets, not of aliases, separated by commas',
    `arn:aws:kms:${ACCOUNT}:key/12345678-1234-1234-1234-123456789012`,
  ),
};
