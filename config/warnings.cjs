// @ts-check
/** What may be meant, and is wrong more often: the deployment goes on. */
const arns = require('./arn.cjs');

/**
 * @param {import('./parameters.cjs').Parameters} parameters
 * @returns {string[]} one line each
 */
function warningsAbout({
  APP_SECRET_ARNS: apps,
  MASTER_SECRET_ARN: masters,
  PERMISSIONS_BOUNDARY_ARN: boundary,
}) {
  const account = arns.partsOf(apps[0] ?? '').account;
  const lists = /** @type {const} */ ([
    ['APP_SECRET_ARNS', apps],
    ['MASTER_SECRET_ARN', masters],
  ]);
  const endings = lists.flatMap(([name, secrets]) =>
    secrets
      .filter(arns.endsInWord)
      .map(
        (arn) =>
          `${name}: "${arn}" ends in "${arn.slice(-7)}", which looks like a part of the secret's name. If it is, the dash and the six characters that Secrets Manager appended are missing, and IAM will refuse every call; describe-secret shows the whole ARN`,
      ),
  );
  const strangers = [
    ...lists,
    /** @type {const} */ (['PERMISSIONS_BOUNDARY_ARN', [boundary ?? []].flat()]),
  ].flatMap(([name, given]) =>
    given
      .filter((arn) => ![account, 'aws'].includes(arns.partsOf(arn).account))
      .map(
        (arn) =>
          `${name}: "${arn}" is in another account than the first of APP_SECRET_ARNS, ${account}. A stack's roles reach a secret of another account only where its own policy and key let them`,
      ),
  );
  return [...endings, ...strangers];
}

module.exports = { warningsAbout };
