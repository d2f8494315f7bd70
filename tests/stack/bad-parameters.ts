import { BAD_CONCURRENCIES } from './bad-concurrencies';
import { MALFORMED_EXCEPTIONS, STRANGE_EXCEPTIONS } from './bad-exceptions';
import { APP, LAYER, manySecrets, MASTER, REPORTS } from './combinations';

export const SECRETS = { APP_SECRET_ARNS: [APP, REPORTS], MASTER_SECRET_ARN: MASTER };
const SUBNETS = { VPC_SUBNET_IDS: 'subnet-0a1b2c3d' };
const VPC = {
  ...SUBNETS,
  VPC_ID: 'vpc-0a1b2c3d',
  DATABASE_SECURITY_GROUP_ID: 'sg-0a1b2c3d',
  SECRETS_MANAGER_ENDPOINT: 'none',
};
export const SCHEDULED = { ROTATION_OWNER: 'schedule', SCHEDULE: 'rate(7 days)' };
const listed = (...schedules: object[]) => ({ ROTATION_OWNER: 'schedule', SCHEDULES: schedules });
const WEEKLY = { name: 'weekly', secrets: [APP], expression: 'rate(7 days)' };

/** What is wrong, the parameters, the name that the refusal must give, and what it must quote. */
export type Refused = [string, Record<string, unknown>, string, string];

export const MISSING: Refused[] = [
  ['no secrets to be rotated', { MASTER_SECRET_ARN: MASTER }, 'APP_SECRET_ARNS', 'nothing'],
  ["no master's secret", { APP_SECRET_ARNS: APP }, 'MASTER_SECRET_ARN', 'nothing'],
  ['one user of a pair', { ...SECRETS, APP_USER_1: 'app' }, 'APP_USER_2', 'nothing'],
  ['an owner without a schedule', { ...SECRETS, ROTATION_OWNER: 'schedule' }, 'SCHEDULE', 'nothing'],
  [
    'an endpoint without subnets',
    { ...SECRETS, SECRETS_MANAGER_ENDPOINT: 'create' },
    'VPC_SUBNET_IDS',
    'nothing',
  ],
  ['subnets without a route', { ...SECRETS, ...SUBNETS }, 'SECRETS_MANAGER_ENDPOINT', 'nothing'],
  [
    'subnets without a VPC',
    { ...SECRETS, ...SUBNETS, SECRETS_MANAGER_ENDPOINT: 'none' },
    'VPC_ID',
    'nothing',
  ],
  [
    'a security group to be made without the way to the database',
    { ...SECRETS, ...VPC, DATABASE_SECURITY_GROUP_ID: '' },
    'DATABASE_SECURITY_GROUP_ID',
    'nothing',
  ],
  [
    'an existing endpoint without its group',
    { ...SECRETS, ...VPC, SECRETS_MANAGER_ENDPOINT: 'existing' },
    'ENDPOINT_SECURITY_GROUP_ID',
    'nothing',
  ],
  [
    'a new endpoint without a VPC',
    {
      ...SECRETS,
      ...SUBNETS,
      VPC_SECURITY_GROUP_IDS: 'sg-0a1b2c3d',
      SECRETS_MANAGER_ENDPOINT: 'create',
    },
    'VPC_ID',
    'nothing',
  ],
];

export const MISSHAPEN: Refused[] = [
  ['a name in place of an ARN', { ...SECRETS, APP_SECRET_ARNS: [APP, 'app'] }, 'APP_SECRET_ARNS', '"app"'],
  ['a mapping', { ...SECRETS, DATABASE_PORT: { port: 3306 } }, 'DATABASE_PORT', '"{"port":3306}"'],
  ['a port that is none', { ...SECRETS, ...VPC, DATABASE_PORT: 65_536 }, 'DATABASE_PORT', '"65536"'],
  ['a VPC by name', { ...SECRETS, ...VPC, VPC_ID: 'main' }, 'VPC_ID', '"main"'],
  ['a wrong owner', { ...SECRETS, ROTATION_OWNER: 'me' }, 'ROTATION_OWNER', '"me"'],
  ['a wrong schedule', { ...SECRETS, ...SCHEDULED, SCHEDULE: 'every day' }, 'SCHEDULE', '"every day"'],
  [
    'a zone that does not exist',
    { ...SECRETS, ...SCHEDULED, SCHEDULE_TIMEZONE: 'Europe/Atlantis' },
    'SCHEDULE_TIMEZONE',
    '"Europe/Atlantis"',
  ],
  [
    'a window that is too long',
    { ...SECRETS, ...SCHEDULED, SCHEDULE_WINDOW_MINUTES: 1441 },
    'SCHEDULE_WINDOW_MINUTES',
    '"1441"',
  ],
  [
    'one wrong schedule of several',
    { ...SECRETS, ...listed(WEEKLY, { ...WEEKLY, name: 'b', secrets: [REPORTS], expression: 'weekly' }) },
    'SCHEDULES[1].expression',
    '"weekly"',
  ],
  [
    'a misspelt field of a schedule',
    { ...SECRETS, ...listed({ ...WEEKLY, window: 5 }) },
    'SCHEDULES[0].window',
    '"5"',
  ],
  [
    'a retention that CloudWatch lacks',
    { ...SECRETS, LOG_RETENTION_DAYS: 100 },
    'LOG_RETENTION_DAYS',
    '"100"',
  ],
  ...BAD_CONCURRENCIES,
  ['no e-mail address', { ...SECRETS, ALARM_EMAIL: 'team' }, 'ALARM_EMAIL', '"team"'],
  [
    "a key's alias",
    { ...SECRETS, KMS_KEY_ARN: 'arn:aws:kms:eu-central-1:111122223333:alias/stack' },
    'KMS_KEY_ARN',
    'alias/stack"',
  ],
  [
    'more secrets than Lambda takes permissions for',
    { ...SECRETS, APP_SECRET_ARNS: manySecrets(41, 'a') },
    'APP_SECRET_ARNS',
    '"arn:',
  ],
  ['a flag that is neither', { ...SECRETS, ROTATE_IMMEDIATELY: 'yes' }, 'ROTATE_IMMEDIATELY', '"yes"'],
  ...MALFORMED_EXCEPTIONS,
  ['a number in words', { ...SECRETS, KICKOFF_WAIT: 'five' }, 'KICKOFF_WAIT', '"five"'],
];

export const CONTRADICTORY: Refused[] = [
  ['a secret twice', { ...SECRETS, APP_SECRET_ARNS: [APP, APP] }, 'APP_SECRET_ARNS', `"${APP}"`],
  ["the master's among the secrets", { ...SECRETS, MASTER_SECRET_ARN: APP }, 'APP_SECRET_ARNS', `"${APP}"`],
  ['a pair of one user', { ...SECRETS, APP_USER_1: 'app', APP_USER_2: 'app' }, 'APP_USER_2', '"app"'],
  ...STRANGE_EXCEPTIONS,
  ['a schedule without its owner', { ...SECRETS, SCHEDULE: 'rate(7 days)' }, 'ROTATION_OWNER', '"none"'],
  [
    'an interval with a schedule',
    { ...SECRETS, ...SCHEDULED, AUTOMATICALLY_AFTER_DAYS: 9 },
    'ROTATION_OWNER',
    '"schedule"',
  ],
  ['schedules of both kinds', { ...SECRETS, ...SCHEDULED, ...listed(WEEKLY) }, 'SCHEDULES', '"both"'],
  [
    'a schedule for a secret of nobody',
    { ...SECRETS, ...listed({ ...WEEKLY, secrets: [MASTER] }) },
    'SCHEDULES',
    `"${MASTER}"`,
  ],
  [
    'two schedules for one secret',
    { ...SECRETS, ...listed(WEEKLY, { ...WEEKLY, name: 'monthly' }) },
    'SCHEDULES',
    `"${APP}"`,
  ],
  [
    'two schedules of one name',
    { ...SECRETS, ...listed(WEEKLY, { ...WEEKLY, secrets: [REPORTS] }) },
    'SCHEDULES',
    '"weekly"',
  ],
  [
    'an alarm before the next rotation',
    { ...SECRETS, ...SCHEDULED, OVERDUE_AFTER_DAYS: 7 },
    'OVERDUE_AFTER_DAYS',
    '"7"',
  ],
  [
    'rules for a group that is given',
    { ...SECRETS, ...VPC, VPC_SECURITY_GROUP_IDS: 'sg-1a2b3c4d' },
    'VPC_SECURITY_GROUP_IDS',
    '"sg-1a2b3c4d"',
  ],
  [
    'clients of an endpoint that is not made',
    { ...SECRETS, ...VPC, ENDPOINT_CLIENT_CIDRS: '10.0.0.0/16' },
    'SECRETS_MANAGER_ENDPOINT',
    '"none"',
  ],
  [
    'a group of an endpoint that is not there',
    { ...SECRETS, ...VPC, ENDPOINT_SECURITY_GROUP_ID: 'sg-1a2b3c4d' },
    'SECRETS_MANAGER_ENDPOINT',
    '"none"',
  ],
  [
    'a layer that nothing reads',
    { ...SECRETS, DB_CA_BUNDLE_LAYER_ARN: LAYER },
    'DB_CA_BUNDLE_PATH',
    'nothing',
  ],
  [
    'secrets with more letters than a role and an environment hold',
    { ...SECRETS, APP_SECRET_ARNS: manySecrets(40, 'a-name-that-is-as-long-as-this-one-is') },
    'APP_SECRET_ARNS',
    ' characters"',
  ],
  [
    'settings with more letters than an environment holds',
    { ...SECRETS, ALLOW_PRIVILEGED_USERS: 'app_admin,'.repeat(400) },
    'ALLOW_PRIVILEGED_USERS',
    ' characters"',
  ],
  [
    'an endpoint of the database on a closed port',
    { ...SECRETS, ...VPC, DB_ENDPOINTS: 'a.example:3306,b.example:3307' },
    'DB_ENDPOINTS',
    '"b.example:3307"',
  ],
];
