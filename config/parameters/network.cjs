// @ts-check
/** Where SetSecret, TestSecret and Preflight run, and how they reach the database and Secrets Manager. */
const kinds = require('../parameter-kinds.cjs');

/** @param {string} prefix */
const idOf = (prefix) => new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`);
const SECURITY_GROUP = idOf('sg');

module.exports = {
  VPC_ID: kinds.textLike(idOf('vpc'), "a VPC's id", 'vpc-0a1b2c3d4e5f60718'),
  VPC_SUBNET_IDS: kinds.listOf(
    idOf('subnet'),
    "subnets' ids, 16 at most, separated by commas",
    'subnet-0a1b2c3d4e5f60718,subnet-1a2b3c4d5e6f70819',
    16, // Lambda's quota
  ),
  VPC_SECURITY_GROUP_IDS: kinds.listOf(
    SECURITY_GROUP,
    "security groups' ids, 5 at most, separated by commas",
    'sg-0a1b2c3d4e5f60718',
    5, // Lambda's quota
  ),
  DATABASE_SECURITY_GROUP_ID: kinds.textLike(
    SECURITY_GROUP,
    "the id of the database's security group",
    'sg-0a1b2c3d4e5f60718',
  ),
  DATABASE_PORT: kinds.wholeNumber(1, 65_535, 3306),
  SECRETS_MANAGER_ENDPOINT: kinds.oneOf(['create', 'existing', 'none']),
  ENDPOINT_SECURITY_GROUP_ID: kinds.textLike(
    SECURITY_GROUP,
    "the id of the existing endpoint's security group",
    'sg-0a1b2c3d4e5f60718',
  ),
  ENDPOINT_CLIENT_CIDRS: kinds.listOf(
    /^(?:\d{1,3}\.){3}\d{1,3}\/(?:[89]|[12]\d|3[0-2])$/,
    'IPv4 ranges of /8 or smaller that also use Secrets Manager, separated by commas',
    '10.0.0.0/16',
  ),
};
