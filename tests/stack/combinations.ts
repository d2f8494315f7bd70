/** One sensible way to deploy: what the file config/parameters.<stage>.yml would say. */
export interface Combination {
  name: string;
  parameters: Record<string, unknown>;
}

const secret = (name: string) => `arn:aws:secretsmanager:eu-central-1:111122223333:secret:${name}-AbCdEf`;
const key = (id: number) =>
  `arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-00000000000${id}`;

/** Secrets whose names begin alike. */
export const manySecrets = (count: number, name: string): string[] =>
  Array.from({ length: count }, (_, index) => secret(`${name}-${index}`));

export const APP = secret('shop/app');
export const REPORTS = secret('shop/reports');
export const MASTER = secret('shop/master');
export const SECRETS_KEY = key(1);
export const STACK_KEY = key(2);
export const BOUNDARY = 'arn:aws:iam::111122223333:policy/boundary';
export const LAYER = 'arn:aws:lambda:eu-central-1:111122223333:layer:database-authorities:1';
export const EMAIL = 'database-team@example.com';

const ONE = { APP_SECRET_ARNS: [APP], MASTER_SECRET_ARN: MASTER };
const TWO = { APP_SECRET_ARNS: [APP, REPORTS], MASTER_SECRET_ARN: MASTER };

/** In a VPC, with a security group of the stack's own. */
const IN_VPC = {
  VPC_ID: 'vpc-0a1b2c3d4e5f60001',
  VPC_SUBNET_IDS: ['subnet-0a1b2c3d4e5f60001', 'subnet-0a1b2c3d4e5f60002'],
  DATABASE_SECURITY_GROUP_ID: 'sg-0a1b2c3d4e5f60001',
};
/** In a VPC, with security groups that somebody else keeps. */
const IN_VPC_WITH_GROUPS = {
  VPC_SUBNET_IDS: ['subnet-0a1b2c3d4e5f60001'],
  VPC_SECURITY_GROUP_IDS: ['sg-0a1b2c3d4e5f60002', 'sg-0a1b2c3d4e5f60003'],
};
const EVERY_SUNDAY = { ROTATION_OWNER: 'schedule', SCHEDULE: 'cron(0 3 ? * SUN *)' };

export const COMBINATIONS: readonly Combination[] = [
  { name: 'the secrets alone', parameters: ONE },
  {
    name: 'Secrets Manager as the owner, e-mail',
    parameters: { ...TWO, ROTATION_OWNER: 'secrets-manager', ALARM_EMAIL: EMAIL },
  },
  {
    name: 'VPC, route by NAT, one schedule for all secrets',
    parameters: {
      ...TWO,
      ...IN_VPC,
      ...EVERY_SUNDAY,
      SECRETS_MANAGER_ENDPOINT: 'none',
      SCHEDULE_TIMEZONE: 'Europe/Berlin',
      SCHEDULE_WINDOW_MINUTES: 30,
      PREFLIGHT_CONCURRENCY: 1,
    },
  },
  {
    name: 'VPC, new endpoint, Secrets Manager as the owner, another port',
    parameters: {
      ...ONE,
      ...IN_VPC,
      DATABASE_PORT: 3307,
      SECRETS_MANAGER_ENDPOINT: 'create',
      ENDPOINT_CLIENT_CIDRS: ['10.0.0.0/16', '10.1.0.0/16'],
      ROTATION_OWNER: 'secrets-manager',
      AUTOMATICALLY_AFTER_DAYS: 7,
      ROTATE_IMMEDIATELY: true,
    },
  },
  {
    name: 'VPC, existing endpoint, encrypted secrets, started by hand',
    parameters: {
      ...ONE,
      ...IN_VPC,
      SECRETS_KMS_KEY_ARNS: [SECRETS_KEY],
      SECRETS_MANAGER_ENDPOINT: 'existing',
      ENDPOINT_SECURITY_GROUP_ID: 'sg-0a1b2c3d4e5f60004',
    },
  },
  {
    name: 'VPC with given security groups, existing endpoint, a schedule each',
    parameters: {
      ...TWO,
      ...IN_VPC_WITH_GROUPS,
      SECRETS_MANAGER_ENDPOINT: 'existing',
      ROTATION_OWNER: 'schedule',
      SCHEDULES: [
        { name: 'weekly', secrets: [APP], expression: 'cron(0 3 ? * SUN *)', timezone: 'Asia/Tokyo' },
        { name: 'monthly', secrets: [REPORTS], expression: 'rate(30 days)', windowMinutes: 60 },
      ],
    },
  },
  {
    name: 'VPC with given security groups, new endpoint, key for the stack, Secrets Manager as the owner',
    parameters: {
      ...ONE,
      ...IN_VPC_WITH_GROUPS,
      VPC_ID: 'vpc-0a1b2c3d4e5f60001',
      SECRETS_MANAGER_ENDPOINT: 'create',
      KMS_KEY_ARN: STACK_KEY,
      PREFLIGHT_CONCURRENCY: '100',
      ROTATION_OWNER: 'secrets-manager',
    },
  },
  {
    name: 'everything at once',
    parameters: {
      ...TWO,
      ...IN_VPC,
      ...EVERY_SUNDAY,
      SECRETS_MANAGER_ENDPOINT: 'create',
      SECRETS_KMS_KEY_ARNS: [SECRETS_KEY],
      KMS_KEY_ARN: STACK_KEY,
      PERMISSIONS_BOUNDARY_ARN: BOUNDARY,
      DB_CA_BUNDLE_LAYER_ARN: LAYER,
      DB_CA_BUNDLE_PATH: '/opt/database.pem',
      ALARM_EMAIL: EMAIL,
      OVERDUE_AFTER_DAYS: 9,
      LOG_RETENTION_DAYS: 365,
      PREFLIGHT_CONCURRENCY: 5,
    },
  },
];
