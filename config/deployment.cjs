// @ts-check
/** What serverless.yml and the files in resources/ read of a deployment, as `${self:custom.deployment.…}`. */
const contradictions = require('./contradictions.cjs');
const keyPolicies = require('./key-policies.cjs');
const literals = require('./literal-text.cjs');
const network = require('./network.cjs');
const networkPolicy = require('./network-policy.cjs');
const parametersOf = require('./read-parameters.cjs');
const steps = require('./parameters/steps.cjs');
const tunables = require('./tunables.cjs');
const warnings = require('./warnings.cjs');

const SECONDS_PER_DAY = 86_400;

/** CloudFormation leaves out a property, or a list's item, with this value. */
const NOTHING = { Ref: 'AWS::NoValue' };

/** @type {readonly string[]} */
const READ_BY_LAMBDAS = ['APP_SECRET_ARNS', 'MASTER_SECRET_ARN', ...Object.keys(steps), 'RUNBOOK_URL'];

/**
 * What the Lambdas read when they run: the texts as they were given, and an empty one for what was not.
 * @param {Record<string, string>} texts
 */
const environmentOf = (texts) =>
  Object.fromEntries(READ_BY_LAMBDAS.map((name) => [name, literals.literalText(texts[name] ?? '')]));

/**
 * Policies that a role has in some deployments only; in the others their place in the role is empty.
 * @param {import('./parameters.cjs').Parameters} parameters
 * @param {{ machineArn: string, functionArn: (key: string) => string }} names for Fn::Sub
 */
function optionalPolicies(parameters, { machineArn, functionArn }) {
  const inVpc = ['preflight', 'setSecret', 'testSecret'].map(functionArn);
  return {
    decryptAppSecrets: NOTHING,
    decryptAllSecrets: NOTHING,
    encryptAppSecrets: NOTHING,
    encryptExecutions: NOTHING,
    readExecutions: NOTHING,
    useKeyForNotices: NOTHING,
    useKeyForDeadLetters: NOTHING,
    network: parameters.VPC_SUBNET_IDS.length > 0 ? networkPolicy.networkPolicy(inVpc) : NOTHING,
    ...keyPolicies.secretsKeyPolicies(parameters),
    ...keyPolicies.stackKeyPolicies(parameters.KMS_KEY_ARN, machineArn),
  };
}

/**
 * Called by the framework.
 * @param {{ resolveVariable: (address: string) => Promise<string> }} framework
 */
module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const region = await resolveVariable('self:provider.region');
  const { texts, parameters } = parametersOf.readParameters(stage, region);
  for (const warning of warnings.warningsAbout(parameters)) process.stderr.write(`Warning: ${warning}\n`);
  const service = await resolveVariable('self:service');
  const machineArn = await resolveVariable('self:custom.machineArn');
  /** @param {string} key in serverless.yml */
  const functionArn = (key) =>
    `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${service}-${stage}-${key}`;
  return {
    environment: environmentOf(texts),
    tunables: tunables.readTunables(texts),
    appSecretArns: parameters.APP_SECRET_ARNS,
    masterSecretArns: parameters.MASTER_SECRET_ARN,
    databaseLayers: [parameters.DB_CA_BUNDLE_LAYER_ARN ?? []].flat(),
    vpc: network.lambdaVpc(parameters),
    vpcId: parameters.VPC_ID,
    subnetIds: parameters.VPC_SUBNET_IDS,
    databaseSecurityGroupId: parameters.DATABASE_SECURITY_GROUP_ID,
    databasePort: parameters.DATABASE_PORT,
    endpointSecurityGroupId: parameters.ENDPOINT_SECURITY_GROUP_ID,
    secretsManagerEgress: network.secretsManagerEgress(parameters),
    policies: optionalPolicies(parameters, { machineArn, functionArn }),
    permissionsBoundary: parameters.PERMISSIONS_BOUNDARY_ARN ?? NOTHING,
    kmsKeyArn: parameters.KMS_KEY_ARN,
    preflightConcurrency: parameters.PREFLIGHT_CONCURRENCY ?? NOTHING,
    logRetentionDays: parameters.LOG_RETENTION_DAYS,
    alarmEmail: parameters.ALARM_EMAIL,
    overdueAfterSeconds: contradictions.overdueAfterDays(parameters) * SECONDS_PER_DAY,
  };
};
