/** Why a role may do something on resources that it does not name. */
export interface Justification {
  owners: string[];
  actions: string[];
  /** The statement's resource; `*` is any resource. */
  resource: string;
  reason: string;
}

const DATABASE_ROLES = ['PreflightRole', 'SetSecretRole', 'TestSecretRole'];

/** Every wildcard that a role may have. An entry that no template needs is a fault too. */
export const JUSTIFIED: readonly Justification[] = [
  {
    owners: ['KickoffRole', 'PreflightRole', 'CreateSecretRole'],
    actions: ['secretsmanager:GetRandomPassword'],
    resource: '*',
    reason: 'The action works on no resource (Service Authorization Reference, Secrets Manager).',
  },
  {
    owners: DATABASE_ROLES,
    actions: [
      'ec2:CreateNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:DeleteNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ],
    resource: '*',
    reason:
      'Lambda attaches the function to the VPC with these, and asks for them on all resources before an interface exists (Lambda developer guide, "Giving Lambda functions access to resources in a VPC").',
  },
  {
    owners: ['RotationStateMachineRole'],
    actions: [
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:GetLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:UpdateLogDelivery',
    ],
    resource: '*',
    reason:
      'Step Functions sets up the delivery of its log with these; deliveries have no ARN (Step Functions developer guide, "Logging using CloudWatch Logs").',
  },
  {
    owners: ['SecretsManagerEndpoint'],
    actions: ['secretsmanager:*'],
    resource: '*',
    reason:
      "An endpoint's policy limits and grants nothing. This one lets the account's own principals pass, because other workloads of the VPC use the endpoint too.",
  },
];
