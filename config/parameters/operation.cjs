// @ts-check
/** Notices, alarms, logs, encryption of what the stack keeps, what functions are given besides, and the bounds of roles. */
const z = require('zod');
const arns = require('../arn.cjs');
const kinds = require('../parameter-kinds.cjs');

/** The only retentions that CloudWatch Logs knows (PutRetentionPolicy, retentionInDays). */
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

module.exports = {
  ALARM_EMAIL: {
    schema: z.email().optional(),
    expected: 'an e-mail address',
    example: 'database-team@example.com',
  },
  RUNBOOK_URL: {
    schema: z
      .url({ protocol: /^https?$/ })
      .refine(kinds.arrivesAsItIs)
      .optional(),
    expected: 'the address of the runbook that notices link to',
    example: 'https://wiki.example.com/rotation-runbook',
  },
  OVERDUE_AFTER_DAYS: kinds.optionalWholeNumber(1, 1005, '35'), // its default: config/contradictions.cjs
  LOG_RETENTION_DAYS: {
    schema: kinds.wholeNumber(1, 3653, 90).schema.refine((days) => RETENTIONS.includes(days)),
    expected: `one of CloudWatch's retentions: ${RETENTIONS.join(' ')}`,
    example: '90',
  },
  PREFLIGHT_CONCURRENCY: kinds.optionalWholeNumber(1, 100, '5'),
  KMS_KEY_ARN: kinds.textLike(
    arns.KEY,
    'the ARN of a KMS key, not of an alias',
    'arn:aws:kms:eu-central-1:111122223333:key/12345678-1234-1234-1234-123456789012',
  ),
  DB_CA_BUNDLE_LAYER_ARN: kinds.textLike(
    arns.LAYER,
    "the ARN of a version of a Lambda layer, which holds the database's certificate authorities",
    'arn:aws:lambda:eu-central-1:111122223333:layer:database-authorities:1',
  ),
  PERMISSIONS_BOUNDARY_ARN: kinds.textLike(
    arns.POLICY,
    'the ARN of a managed policy',
    'arn:aws:iam::111122223333:policy/boundary',
  ),
};
