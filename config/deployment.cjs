// @ts-check
/**
 * Which secrets and which network a deployment is for, read from the environment.
 *
 * Lists become YAML lists here, because a role wants them as such, and a missing one is refused before anything
 * is deployed. The stage `local` is never deployed and packages with examples, so that no account is needed.
 */

/**
 * Without a stack, because the framework would print it and bury the sentence that the deployer needs.
 * @param {string} message names the variable, what was found and what is expected
 */
const refusal = (message) => Object.assign(new Error(message), { stack: message });

const LOCAL_STAGE = 'local';

/** @type {Record<string, string>} */
const EXAMPLES = {
  APP_SECRET_ARNS: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:example/app-AbCdEf',
  MASTER_SECRET_ARN: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:example/master-AbCdEf',
};

/** @param {string} name */
function list(name) {
  return (process.env[name] ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/**
 * @param {string} name
 * @param {string} stage
 * @param {string} meaning
 */
function secretArns(name, stage, meaning) {
  const given = list(name);
  const arns = given.length > 0 || stage !== LOCAL_STAGE ? given : [EXAMPLES[name] ?? ''];
  if (arns.length === 0) {
    throw refusal(`${name} environment variable is not set: expected the ARN of ${meaning}`);
  }
  const misshapen = arns.find((arn) => !/^arn:[^:]+:secretsmanager:[^:]+:\d{12}:secret:.+$/.test(arn));
  if (misshapen !== undefined) {
    throw refusal(`${name}: expected ARNs of secrets, separated by commas, found "${misshapen}"`);
  }
  return arns;
}

/** Lambdas join a VPC with subnets and security groups, or not at all: the framework's word for that is `false`. */
function readVpc() {
  const subnetIds = list('VPC_SUBNET_IDS');
  const securityGroupIds = list('VPC_SECURITY_GROUP_IDS');
  if (subnetIds.length === 0 && securityGroupIds.length === 0) return false;
  if (subnetIds.length === 0 || securityGroupIds.length === 0) {
    throw refusal('VPC_SUBNET_IDS and VPC_SECURITY_GROUP_IDS: set both or neither');
  }
  return { subnetIds, securityGroupIds };
}

/**
 * What a Lambda in a VPC needs to attach itself to it. None of these actions can be limited to one network
 * interface before it exists (Lambda developer guide, "Giving Lambda functions access to resources in a VPC").
 */
const NETWORK_POLICY = {
  PolicyName: 'network',
  PolicyDocument: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: [
          'ec2:CreateNetworkInterface',
          'ec2:DescribeNetworkInterfaces',
          'ec2:DescribeSubnets',
          'ec2:DeleteNetworkInterface',
          'ec2:AssignPrivateIpAddresses',
          'ec2:UnassignPrivateIpAddresses',
        ],
        Resource: '*',
      },
    ],
  },
};

/** CloudFormation leaves out a list's item with this value. */
const NOTHING = { Ref: 'AWS::NoValue' };

/**
 * Called by the framework.
 * @param {{ resolveVariable: (address: string) => Promise<string> }} framework
 */
module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const masterSecretArns = secretArns('MASTER_SECRET_ARN', stage, "the master's secret");
  const vpc = readVpc();
  return {
    appSecretArns: secretArns('APP_SECRET_ARNS', stage, 'every secret to be rotated, separated by commas'),
    masterSecretArns,
    masterSecretArn: masterSecretArns.join(','),
    vpc,
    networkPolicy: vpc === false ? NOTHING : NETWORK_POLICY,
  };
};
