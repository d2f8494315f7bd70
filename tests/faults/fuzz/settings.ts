import * as fc from 'fast-check';
import { handler as kickoff } from '../../../functions/kickoff';
import { handler as reportAge } from '../../../functions/report-age';
import { steps } from '../../../local/steps';
import type { Arena } from './arena';
import { newExecutionArn } from './prepared-rotation';
import { property, type Check } from './property';
import { anyText } from './raw-values';
import { harmIn, type Allowance } from './harm';

/** Settings by name; `null` is not set. */
type Settings = Record<string, string | null>;

const NUMBERS = [
  '0',
  '7',
  '8',
  '32',
  '256',
  '257',
  '-1',
  '8.5',
  '1e2',
  '0x20',
  ' 32 ',
  '٣٢',
  'Infinity',
  'NaN',
  'thirty',
];
const FLAGS = ['true', 'false', 'TRUE', 'yes', '1', ' true'];

const OTHER_ARN = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:other-AbCdEf';

/** Near misses of each setting that the steps and kickoff read. */
const NEAR: Readonly<Record<string, readonly string[]>> = {
  MASTER_SECRET_ARN: [
    ',',
    ' , ',
    'arn:aws:secretsmanager:us-east-1:123456789012:secret:other-AbCdEf',
    'master',
  ],
  APP_USER_1: ['root', 'a,b'],
  APP_USER_2: ['root', 'a,b'],
  USERNAME_SUFFIX: ['_clone', '_'],
  PASSWORD_LENGTH: NUMBERS,
  EXCLUDE_CHARACTERS: [
    '0123456789',
    'abcdefghijklmnopqrstuvwxyz',
    '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
    'äöü',
  ],
  DB_CA_BUNDLE_PATH: ['/', '/dev/null', '/nowhere/ca.pem', '/etc/hostname', __filename],
  DB_ENDPOINTS: [
    'db',
    'db:0',
    'db:65536',
    'db:3306;other:3306',
    'db:3306,,',
    '[::1]:3306',
    'user:word@db:3306',
  ],
  DB_ALLOW_PLAINTEXT_FALLBACK: FLAGS,
  ALLOW_INITIAL_SETUP: [...FLAGS, 'mysql', ',', '*'],
  ALLOW_PRIVILEGED_USERS: ['*', ',', 'root'],
  ALLOW_MISSING_RIGHTS: ['ALL', 'ROLE x', ','],
  ALLOW_REPAIR: [...FLAGS, ',', 'app', OTHER_ARN, `${OTHER_ARN}=app`],
  ALLOW_TAKEOVER: [...FLAGS, ',', 'app_clone', OTHER_ARN, `${OTHER_ARN}=`, `${OTHER_ARN}=app_clone`],
  STATE_MACHINE_ARN: [
    'stepwise-rotation',
    'arn:aws:states:us-east-1:123456789012:activity:x',
    'arn:aws:states:eu-west-1:123456789012:stateMachine:x',
  ],
  KICKOFF_WAIT: NUMBERS,
  APP_SECRET_ARNS: [',', 'app', OTHER_ARN],
};

const names = Object.keys(NEAR);

const setting: fc.Arbitrary<Settings> = fc
  .constantFrom(...names)
  .chain((name) =>
    fc
      .oneof(fc.constant(null), fc.constant(''), anyText, fc.constantFrom(...(NEAR[name] ?? [''])))
      .map((value): Settings => ({ [name]: value })),
  );

const cases: fc.Arbitrary<Settings> = fc
  .array(setting, { minLength: 1, maxLength: 3 })
  .map((settings) => Object.assign({}, ...settings) as Settings);

/** Runs with these settings in the environment of the functions, and puts the others back. */
async function withSettings<Result>(settings: Settings, use: () => Promise<Result>): Promise<Result> {
  const before = names.map((name) => [name, process.env[name] ?? null] as const);
  apply(Object.entries(settings));
  try {
    return await use();
  } finally {
    apply(before);
  }
}

function apply(settings: readonly (readonly [string, string | null])[]): void {
  for (const [name, value] of settings) {
    if (value === null) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
}

async function breaks(arena: Arena, settings: Settings): Promise<string | undefined> {
  const versionId = arena.newSecret(JSON.stringify(arena.document()));
  const { secretArn } = arena.world;
  const judge = async (act: () => Promise<unknown>, allowance: Allowance) => {
    const outcome = await arena.attempt(() => withSettings(settings, act));
    // What succeeds may do what it is for.
    const allowed = outcome.error === undefined ? allowance : {};
    return { problem: await harmIn(arena, outcome, versionId, allowed), value: outcome.value };
  };
  const event = { Step: 'setSecret', SecretId: secretArn, ClientRequestToken: 'x'.repeat(32) };
  const asked = await judge(() => kickoff(event, { getRemainingTimeInMillis: () => 1_000 }), {});
  if (asked.problem !== undefined) return `kickoff: ${asked.problem}`;
  const reported = await judge(() => reportAge({}), {});
  if (reported.problem !== undefined) return `ReportAge: ${reported.problem}`;
  const input = { secretId: secretArn, owner: 'schedule' };
  const create = () => steps.CreateSecret({ input, executionArn: newExecutionArn() });
  const { problem, value: state } = await judge(create, { pending: true });
  if (problem !== undefined) return `CreateSecret: ${problem}`;
  if (state === undefined) return undefined;
  const set = await judge(() => steps.SetSecret({ state, redriveCount: 0 }), { standby: true });
  return set.problem && `SetSecret: ${set.problem}`;
}

/** What a deployer sets, of every shape. */
export const settingProperties = (arena: Arena): Check[] => [
  property({
    name: 'settings/handlers',
    bounded: 40,
    whole: 500,
    cases,
    breaks: (settings) => breaks(arena, settings),
  }),
];
