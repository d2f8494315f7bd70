// @ts-check
/**
 * Whether the network's parameters make a way from the Lambdas to the database and to Secrets Manager.
 *
 * @typedef {import('./contradictions.cjs').Rule} Rule
 * @typedef {import('./parameters.cjs').Name} Name
 */

/** @type {Name[]} */
const OF_VPC = [
  'VPC_ID',
  'VPC_SECURITY_GROUP_IDS',
  'DATABASE_SECURITY_GROUP_ID',
  'DATABASE_PORT',
  'SECRETS_MANAGER_ENDPOINT',
  'ENDPOINT_SECURITY_GROUP_ID',
  'ENDPOINT_CLIENT_CIDRS',
];

/** @type {Rule} */
function subnetsComeFirst({ VPC_SUBNET_IDS: subnets, SECRETS_MANAGER_ENDPOINT: endpoint }, isSet) {
  const needing = OF_VPC.find(isSet);
  if (subnets.length === 0 && needing !== undefined)
    return { name: 'VPC_SUBNET_IDS', expected: `the subnets of the Lambdas, because ${needing} is set` };
  if (subnets.length > 0 && endpoint === undefined)
    return {
      name: 'SECRETS_MANAGER_ENDPOINT',
      expected:
        'how subnets reach Secrets Manager: create or existing (an interface endpoint), or none (a NAT)',
    };
  return undefined;
}

/** A group is either made, and then needs to know where to, or given, and then its rules are the deployer's. */
/** @type {Rule} */
function groupIsMadeOrGiven({ VPC_SUBNET_IDS: subnets, VPC_SECURITY_GROUP_IDS: given }, isSet) {
  if (subnets.length === 0) return undefined;
  if (given.length === 0) {
    /** @type {Name[]} */
    const needed = ['VPC_ID', 'DATABASE_SECURITY_GROUP_ID'];
    const name = needed.find((parameter) => !isSet(parameter));
    return name && { name, expected: 'a value, because VPC_SECURITY_GROUP_IDS names no group to use' };
  }
  /** @type {Name[]} */
  const idle = ['DATABASE_SECURITY_GROUP_ID', 'DATABASE_PORT', 'ENDPOINT_SECURITY_GROUP_ID'];
  const name = idle.find(isSet);
  if (name === undefined) return undefined;
  return {
    name: 'VPC_SECURITY_GROUP_IDS',
    expected: `nothing, because ${name} is for a group that the stack makes; rules of given groups are yours`,
    found: given.join(','),
    example: `removing ${name}`,
  };
}

/** @type {Rule} */
function endpointIsDescribed(parameters, isSet) {
  const { SECRETS_MANAGER_ENDPOINT: endpoint, VPC_SECURITY_GROUP_IDS: given } = parameters;
  if (endpoint === 'create' && !isSet('VPC_ID'))
    return { name: 'VPC_ID', expected: 'a value, because SECRETS_MANAGER_ENDPOINT is create' };
  if (endpoint !== 'create' && isSet('ENDPOINT_CLIENT_CIDRS'))
    return {
      name: 'SECRETS_MANAGER_ENDPOINT',
      expected: 'create, because ENDPOINT_CLIENT_CIDRS is set',
      found: endpoint,
    };
  if (endpoint !== 'existing' && isSet('ENDPOINT_SECURITY_GROUP_ID'))
    return {
      name: 'SECRETS_MANAGER_ENDPOINT',
      expected: 'existing, because ENDPOINT_SECURITY_GROUP_ID is set',
      found: endpoint,
      example: 'existing',
    };
  if (endpoint === 'existing' && given.length === 0 && !isSet('ENDPOINT_SECURITY_GROUP_ID'))
    return {
      name: 'ENDPOINT_SECURITY_GROUP_ID',
      expected: 'a value, because SECRETS_MANAGER_ENDPOINT is existing',
    };
  return undefined;
}

/** The group that the stack makes lets through one port. */
/** @type {Rule} */
function portIsOne({ DB_ENDPOINTS: endpoints, DATABASE_PORT: port, VPC_SUBNET_IDS: subnets, ...rest }) {
  if (subnets.length === 0 || rest.VPC_SECURITY_GROUP_IDS.length > 0) return undefined;
  const other = endpoints.find((endpoint) => !endpoint.endsWith(`:${port}`));
  if (other === undefined) return undefined;
  return {
    name: 'DB_ENDPOINTS',
    expected: `port ${port}, which is DATABASE_PORT; for several ports give VPC_SECURITY_GROUP_IDS`,
    found: other,
    example: other.replace(/\d+$/, String(port)),
  };
}

/** @type {Rule} */
const findNetworkContradiction = (parameters, isSet) =>
  subnetsComeFirst(parameters, isSet) ??
  groupIsMadeOrGiven(parameters, isSet) ??
  endpointIsDescribed(parameters, isSet) ??
  portIsOne(parameters, isSet);

module.exports = { findNetworkContradiction };
