// @ts-check
/**
 * ARNs as IAM compares them: whole, and letter by letter. What is not the ARN of a resource, or only a part of it, would be
 * deployed and never match.
 */
const PARTITION = 'aws(?:-[a-z]+)*';
const REGION = '[a-z]{2,4}(?:-[a-z]+)+-\\d+';
const ACCOUNT = '\\d{12}';

/** @param {string} rest behind the service's name */
const arnOf = (/** @type {string} */ service, rest) => new RegExp(`^arn:${PARTITION}:${service}:${rest}$`);

/** The dash and six random characters that Secrets Manager appends, in its ARN only, to a secret's name. */
const SUFFIX = '-[A-Za-z0-9]{6}';

const SECRET = arnOf('secretsmanager', `${REGION}:${ACCOUNT}:secret:[\\w/+=.@-]+${SUFFIX}`);
const KEY = arnOf('kms', `${REGION}:${ACCOUNT}:key/[\\w-]+`);
const LAYER = arnOf('lambda', `${REGION}:${ACCOUNT}:layer:[\\w-]+:\\d+`);
const POLICY = arnOf('iam', `:(?:${ACCOUNT}|aws):policy/[\\w+=,.@/-]+`);

/** @param {string} arn */
const partsOf = (arn) => {
  const [, partition = '', , region = '', account = ''] = arn.split(':');
  return { partition, region, account };
};

/** The partition of a Region; AWS names the Regions of a partition of their own alike ("AWS Regions"). */
function partitionOf(/** @type {string} */ region) {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return /^[a-z]{2}-(?!iso)[a-z]+-\d+$/.test(region) ? 'aws' : undefined;
}

/**
 * Tells whether `arn` is what is left of `whole` without its suffix.
 * @param {string} arn
 * @param {string} whole
 */
const isPartOf = (arn, whole) =>
  whole.startsWith(arn) && new RegExp(`^${SUFFIX}$`).test(whole.slice(arn.length));

/**
 * One suffix in a hundred is of lower-case letters or digits only; `-master`, `-writer` and `-shop01` are parts of names.
 * @param {string} secretArn
 */
const endsInWord = (secretArn) => /-(?:[a-z]{6}|\d{6})$/.test(secretArn);

module.exports = { SECRET, KEY, LAYER, POLICY, partsOf, partitionOf, isPartOf, endsInWord };
