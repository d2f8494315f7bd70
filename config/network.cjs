// @ts-check
/** A security group as a rule names it: an id that was given, or the group that the stack makes. */

const LAMBDA_GROUP = { Ref: 'LambdaSecurityGroup' };
const ENDPOINT_GROUP = { Ref: 'EndpointSecurityGroup' };

/** @param {import('./parameters.cjs').Parameters} parameters */
const lambdaGroups = ({ VPC_SECURITY_GROUP_IDS: given }) => (given.length > 0 ? given : [LAMBDA_GROUP]);

/**
 * Lambdas join a VPC with subnets and security groups, or not at all: the framework's word for that is `false`.
 * @param {import('./parameters.cjs').Parameters} parameters
 */
const lambdaVpc = (parameters) =>
  parameters.VPC_SUBNET_IDS.length > 0 && {
    subnetIds: parameters.VPC_SUBNET_IDS,
    securityGroupIds: lambdaGroups(parameters),
  };

/**
 * Out to Secrets Manager: to the endpoint's group, or through a NAT to addresses that nobody knows beforehand.
 * @param {import('./parameters.cjs').Parameters} parameters
 */
function secretsManagerEgress({ SECRETS_MANAGER_ENDPOINT: endpoint, ENDPOINT_SECURITY_GROUP_ID: existing }) {
  const rule = { Description: 'Secrets Manager', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
  if (endpoint === 'none') return { ...rule, CidrIp: '0.0.0.0/0' };
  return { ...rule, DestinationSecurityGroupId: endpoint === 'create' ? ENDPOINT_GROUP : existing };
}

module.exports = { lambdaGroups, lambdaVpc, secretsManagerEgress };
