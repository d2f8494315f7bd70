/** What roles must be allowed although no call shows it here. */
export interface Exemption {
  /** Logical ids. */
  roles: string[];
  actions: string[];
  reason: string;
}

const DATABASE_ROLES = ['PreflightRole', 'SetSecretRole', 'TestSecretRole'];
const WRITING_ROLES = ['KickoffRole', 'CreateSecretRole'];

/** Every permission that is not proved by a call. A role and an action that no template needs are a fault too. */
export const EXEMPTIONS: readonly Exemption[] = [
  {
    roles: [...WRITING_ROLES, ...DATABASE_ROLES, 'FinishSecretRole', 'ReportOutcomeRole', 'ReportAgeRole'],
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    reason:
      "Lambda writes what a function prints to its log with the function's role; its code calls nothing.",
  },
  {
    roles: DATABASE_ROLES,
    actions: [
      'ec2:CreateNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:DeleteNetworkInterface',
      'ec2:AssignPrivateIpAddresses',
      'ec2:UnassignPrivateIpAddresses',
    ],
    reason: "Lambda attaches a function to its VPC with the function's role; its code calls nothing.",
  },
  {
    roles: ['RotationStateMachineRole'],
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
    reason: "Step Functions sets up the delivery of its log with the machine's role.",
  },
  {
    roles: [...WRITING_ROLES, ...DATABASE_ROLES],
    actions: ['kms:Decrypt'],
    reason:
      'Secrets Manager decrypts a value with the rights of who reads it; the embedded one encrypts nothing.',
  },
  {
    roles: WRITING_ROLES,
    actions: ['kms:GenerateDataKey'],
    reason:
      'Secrets Manager encrypts a value with the rights of who writes it; the embedded one encrypts nothing.',
  },
  {
    roles: ['RotationStateMachineRole'],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    reason: "Step Functions encrypts executions and their log with the machine's role.",
  },
  {
    roles: ['ReportOutcomeRole'],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    reason:
      'Step Functions, SNS and SQS use the key with the rights of who reads and sends; here nothing is encrypted.',
  },
  {
    roles: ['RotationScheduleRole'],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    reason: 'SQS encrypts a dead letter with the rights of the schedule that sends it; here no queue exists.',
  },
];

/** A role and an action as one text, to compare by. */
export const exempted = (role: string, action: string): string => `${role} ${action}`;

/** Every role and action of the table. */
export const exemptedBy = (table: readonly Exemption[]): string[] =>
  table.flatMap(({ roles, actions }) =>
    roles.flatMap((role) => actions.map((action) => exempted(role, action))),
  );
