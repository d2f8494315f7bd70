import * as z from 'zod';
import { ConfigurationError } from './errors';
import { readEndpoints, type ListedEndpoint } from './listed-endpoints';
import { list, repairs, requiredSecretArns, requireOwnSecrets, secretArns, takeovers } from './secret-lists';

/** What the deployer decided. Neither a secret nor an execution's input can widen it. */
export interface Config {
  /** Secrets that hold a master; an application's secret may name one of these and no other. */
  masterSecretArns: string[];
  /** The two names that alternate; without them the standby's name is derived with `usernameSuffix`. */
  appUsers: readonly [string, string] | undefined;
  usernameSuffix: string;
  /** Characters; all four character classes are required. */
  passwordLength: number;
  excludeCharacters: string;
  /** PEM file of the certificate authorities for the database; undefined: the Lambda runtime's and the public ones. */
  caBundlePath: string | undefined;
  /** Where a master's password may go besides the host and port that its own secret names. */
  endpoints: ListedEndpoint[];
  allowPlaintextFallback: boolean;
  /** Databases on which an initial setup may grant rights; `any` when the deployer trusts the secret's `dbname`. */
  initialSetup: 'any' | 'never' | string[];
  /** User names that may be mirrored although they hold administrative rights. */
  privilegedUsers: string[];
  /** Rights that the standby may go without when the master cannot give them. */
  missingRights: string[];
  /** Secrets whose current user is mirrored although its password was changed by hand. */
  repairs: string[];
  /** `<secret ARN>=<user name>`: accounts that a secret takes over, whosever they were. */
  takeovers: string[];
  /** All secrets of this deployment, as far as it says. */
  appSecretArns: string[];
}

const flag = z
  .enum(['true', 'false'], { error: 'expected true or false' })
  .default('false')
  .transform((text) => text === 'true');

const names = z.string().default('').transform(list);

const required = z.string({ error: 'environment variable is not set' });

/** GetRandomPassword needs room for four classes; MySQL's caching_sha2_password takes 256 bytes at most. */
const passwordLength = z.coerce
  .number({ error: 'expected a whole number from 8 to 256' })
  .int('expected a whole number from 8 to 256')
  .min(8, 'expected a whole number from 8 to 256')
  .max(256, 'expected a whole number from 8 to 256')
  .default(32);

const environment = z.object({
  MASTER_SECRET_ARN: requiredSecretArns,
  APP_USER_1: z.string().optional(),
  APP_USER_2: z.string().optional(),
  USERNAME_SUFFIX: z.string().default('_clone'),
  PASSWORD_LENGTH: passwordLength,
  EXCLUDE_CHARACTERS: z.string().default('/@"\'\\'),
  DB_CA_BUNDLE_PATH: z.string().optional(),
  DB_ENDPOINTS: names,
  DB_ALLOW_PLAINTEXT_FALLBACK: flag,
  ALLOW_INITIAL_SETUP: z.string().optional(),
  ALLOW_PRIVILEGED_USERS: names,
  ALLOW_MISSING_RIGHTS: names,
  ALLOW_REPAIR: repairs.default([]),
  ALLOW_TAKEOVER: takeovers.default([]),
  APP_SECRET_ARNS: secretArns.default([]),
});

type Environment = z.infer<typeof environment>;

function readAppUsers({ APP_USER_1: first, APP_USER_2: second }: Environment): Config['appUsers'] {
  if (first === undefined && second === undefined) return undefined;
  if (first === undefined || second === undefined) {
    const missing = first === undefined ? 'APP_USER_1' : 'APP_USER_2';
    throw new ConfigurationError(
      `${missing} environment variable is not set, but its partner is: set both or neither`,
    );
  }
  if (first === second)
    throw new ConfigurationError('APP_USER_1 and APP_USER_2 are equal: name two different users');
  return [first, second];
}

function readInitialSetup(settings: Environment): Config['initialSetup'] {
  // A deployer who names both users has said that they are this service's to make.
  const byDefault = settings.APP_USER_1 === undefined ? 'false' : 'true';
  const allowed = settings.ALLOW_INITIAL_SETUP ?? byDefault;
  if (allowed === 'true') return 'any';
  return allowed === 'false' ? 'never' : list(allowed);
}

/**
 * Reads the settings from the environment. The only reader of `process.env` in functions and lib.
 * An empty variable counts as one that is not set, because templates cannot leave a variable out.
 * @throws {ConfigurationError} naming the variable and what was expected.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const settings = parse(environment, env);
  requireOwnSecrets(settings);
  return {
    masterSecretArns: settings.MASTER_SECRET_ARN,
    appUsers: readAppUsers(settings),
    usernameSuffix: settings.USERNAME_SUFFIX,
    passwordLength: settings.PASSWORD_LENGTH,
    excludeCharacters: settings.EXCLUDE_CHARACTERS,
    caBundlePath: settings.DB_CA_BUNDLE_PATH,
    endpoints: readEndpoints(settings.DB_ENDPOINTS, settings.MASTER_SECRET_ARN, (problem) => {
      throw new ConfigurationError(`DB_ENDPOINTS ${problem}`);
    }),
    allowPlaintextFallback: settings.DB_ALLOW_PLAINTEXT_FALLBACK,
    initialSetup: readInitialSetup(settings),
    privilegedUsers: settings.ALLOW_PRIVILEGED_USERS,
    missingRights: settings.ALLOW_MISSING_RIGHTS,
    repairs: settings.ALLOW_REPAIR,
    takeovers: settings.ALLOW_TAKEOVER,
    appSecretArns: settings.APP_SECRET_ARNS,
  };
}

/** What kickoff needs beside the rest. */
export interface KickoffConfig {
  machineArn: string;
  /** How long finishSecret waits for the execution, in milliseconds. */
  finishWaitMs: number;
}

const SECONDS = 'expected whole seconds from 0 to 600';

const stateMachineArn = required.regex(
  /^arn:[^:]+:states:[^:]+:\d{12}:stateMachine:.+$/,
  'expected the ARN of a state machine',
);

const kickoffEnvironment = z.object({
  STATE_MACHINE_ARN: stateMachineArn,
  // Secrets Manager waits for minutes; AWS's own ElastiCache sample blocks up to 600 s inside a step.
  KICKOFF_WAIT: z.coerce
    .number({ error: SECONDS })
    .int(SECONDS)
    .min(0, SECONDS)
    .max(600, SECONDS)
    .default(300),
});

/** @throws {ConfigurationError} naming the variable and what was expected. */
export function readKickoffConfig(env: NodeJS.ProcessEnv = process.env): KickoffConfig {
  const settings = parse(kickoffEnvironment, env);
  return { machineArn: settings.STATE_MACHINE_ARN, finishWaitMs: settings.KICKOFF_WAIT * 1_000 };
}

const noticeEnvironment = z.object({
  NOTICE_TOPIC_ARN: required.regex(/^arn:[^:]+:sns:[^:]+:\d{12}:[^:]+$/, 'expected the ARN of an SNS topic'),
  RUNBOOK_URL: z.url({ protocol: /^https?$/, error: 'expected a URL that begins with https://' }).optional(),
});

/**
 * Where people are told of failures, and where they can read what to do.
 * @throws {ConfigurationError} naming the variable and what was expected.
 */
export function readNoticeConfig(env: NodeJS.ProcessEnv = process.env) {
  const settings = parse(noticeEnvironment, env);
  return { topicArn: settings.NOTICE_TOPIC_ARN, runbookUrl: settings.RUNBOOK_URL };
}

const ageEnvironment = z.object({
  STATE_MACHINE_ARN: stateMachineArn,
  APP_SECRET_ARNS: requiredSecretArns,
});

/** @throws {ConfigurationError} naming the variable and what was expected. */
export function readAgeConfig(env: NodeJS.ProcessEnv = process.env) {
  const settings = parse(ageEnvironment, env);
  return { machineArn: settings.STATE_MACHINE_ARN, secretArns: settings.APP_SECRET_ARNS };
}

function parse<Settings>(schema: z.ZodType<Settings>, env: NodeJS.ProcessEnv): Settings {
  const parsed = schema.safeParse(
    Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')),
  );
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ConfigurationError(`${String(issue?.path[0])} ${issue?.message ?? 'is malformed'}`);
}
