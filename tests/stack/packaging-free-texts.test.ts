import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { parseParameters } from '../../config/parameters.cjs';
import { readParameters } from '../../config/read-parameters.cjs';
import { LAB_ACCOUNT } from '../../local/stack/account';
import { withDeployedStack } from '../../local/stack/deploy-stack';
import { SECRETS } from './bad-parameters';
import { Deployment } from './check/template/resolve';
import { FREE_TEXTS, freeTexts, type FreeTexts } from './free-texts';
import { packageTemplate, STAGE, type Template } from './package-combination';
import { withPackagedService } from '../../local/lambda/package-service';

const SEED = 20261130;

/** A pair of users is of one secret. */
const ONE_SECRET = { ...SECRETS, APP_SECRET_ARNS: SECRETS.APP_SECRET_ARNS.slice(0, 1) };

const EXAMPLE: FreeTexts = {
  APP_USER_1: 'app\\${x}',
  APP_USER_2: '${self:service}',
  USERNAME_SUFFIX: '\\\\${env:HOME}',
  EXCLUDE_CHARACTERS: '/@"\'\\${}',
  DB_CA_BUNDLE_PATH: '/opt/$${AWS::Region}\\.pem',
  ALLOW_INITIAL_SETUP: '${,}',
  ALLOW_PRIVILEGED_USERS: "a${opt:stage, 'b'}c,\\",
  ALLOW_MISSING_RIGHTS: 'ROLE `ä😀`,${!x}',
  RUNBOOK_URL: 'https://wiki.example.com/\\${a}?x=%24{b}&<c>',
};

const functionsIn = ({ Resources }: Template) =>
  Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');

const variablesOf = (template: Template): Record<string, unknown>[] =>
  functionsIn(template).map(({ Properties }) => {
    const { Variables = {} } = (Properties['Environment'] ?? {}) as { Variables?: Record<string, unknown> };
    return Variables;
  });

/** What the Lambdas of a template would find in each of these variables, as CloudFormation deploys it. */
function deployed(template: Template): Record<string, unknown[]> {
  const deployment = new Deployment(template);
  return Object.fromEntries(
    FREE_TEXTS.map((name) => {
      const values = variablesOf(template).filter((variables) => name in variables);
      return [name, [...new Set(values.map((variables) => deployment.resolve(variables[name])))]];
    }),
  );
}

const expected = (texts: FreeTexts) =>
  Object.fromEntries(FREE_TEXTS.map((name): [string, string[]] => [name, [texts[name]]]));

test('free texts with dollar signs, braces and backslashes are packaged byte for byte', async () => {
  expect(deployed(await packageTemplate({ ...ONE_SECRET, ...EXAMPLE }))).toEqual(expected(EXAMPLE));
});

test.each(
  fc.sample(freeTexts, { seed: SEED, numRuns: 2 }).map((texts, index) => [index + 1, texts] as const),
)(
  'random free texts %i are packaged byte for byte',
  async (_number, texts) => {
    expect(deployed(await packageTemplate({ ...ONE_SECRET, ...texts }))).toEqual(expected(texts));
  },
  60_000,
);

test('free texts of environment variables are packaged byte for byte', async () => {
  const options = { ...STAGE, environment: { ...STAGE.environment, ...EXAMPLE }, templateOnly: true };
  await withPackagedService({ ...options, parameters: ONE_SECRET }, async (directory) => {
    const file = join(directory, 'cloudformation-template-update-stack.json');
    expect(deployed(JSON.parse(await readFile(file, 'utf8')) as Template)).toEqual(expected(EXAMPLE));
  });
});

test('a Lambda that is deployed locally finds free texts byte for byte in its environment', async () => {
  const template = await packageTemplate({ ...ONE_SECRET, ...EXAMPLE });
  const Variables = Object.assign({}, ...variablesOf(template)) as Record<string, unknown>;
  for (const name of Object.keys(Variables)) {
    if (!(FREE_TEXTS as readonly string[]).includes(name)) Reflect.deleteProperty(Variables, name);
  }
  const folder = await mkdtemp(join(tmpdir(), 'stepwise-texts-'));
  try {
    const code = strToU8('exports.environment = async () => process.env;');
    await writeFile(join(folder, 'echo.zip'), zipSync({ 'index.js': code }));
    const Echo = {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'echo',
        Runtime: 'nodejs24.x',
        Handler: 'index.environment',
        Timeout: 20,
        Code: { S3Key: 'somewhere/echo.zip' },
        Environment: { Variables },
      },
    };
    await writeFile(
      join(folder, 'cloudformation-template-update-stack.json'),
      JSON.stringify({ Resources: { Echo } }),
    );
    const settings = { parameters: () => ({}), runtime: () => Promise.resolve({}) };
    await withDeployedStack(folder, { account: LAB_ACCOUNT, settings }, async ({ functions: [echo] }) => {
      expect(await echo?.invoke({})).toMatchObject(EXAMPLE);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

describe('a text that would arrive changed is refused by name', () => {
  test.each([
    ['a line break', 'APP_USER_1', { APP_USER_1: 'a\nb', APP_USER_2: 'c' }],
    ['a NUL', 'USERNAME_SUFFIX', { USERNAME_SUFFIX: 'a\u0000' }],
    ['half of a surrogate pair', 'EXCLUDE_CHARACTERS', { EXCLUDE_CHARACTERS: '\ud83d' }],
    [
      "CloudFormation's dynamic reference",
      'EXCLUDE_CHARACTERS',
      { EXCLUDE_CHARACTERS: '{{resolve:ssm:name}}' },
    ],
    [
      'a dynamic reference in an address',
      'RUNBOOK_URL',
      { RUNBOOK_URL: 'https://wiki/{{resolve:secretsmanager:x}}' },
    ],
    [
      'a comma in an item of a list',
      'ALLOW_PRIVILEGED_USERS',
      { ALLOW_PRIVILEGED_USERS: ['one', 'two,three'] },
    ],
  ])('%s in %s', (_case, name, texts) => {
    expect(() => parseParameters({ ...ONE_SECRET, ...texts })).toThrow(
      new RegExp(`^${name}: expected .*, found .*, for example `),
    );
  });
});

describe('what YAML would take for a number or a flag counts as it is written:', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stepwise-parameters-'));
  });
  afterAll(async () => {
    Reflect.deleteProperty(process.env, 'PARAMETERS_FILE');
    await rm(folder, { recursive: true, force: true });
  });

  test.each([
    ['APP_USER_1', '007', '{ APP_USER_1: 007, APP_USER_2: b }'],
    ['APP_USER_2', '1e3', '{ APP_USER_1: a, APP_USER_2: 1e3 }'],
    ['USERNAME_SUFFIX', '0x10', 'USERNAME_SUFFIX: 0x10'],
    ['EXCLUDE_CHARACTERS', 'True', 'EXCLUDE_CHARACTERS: True'],
    [
      'ALLOW_PRIVILEGED_USERS',
      '1.0,12345678901234567890',
      'ALLOW_PRIVILEGED_USERS: [1.0, 12345678901234567890]',
    ],
  ])('%s is %s', async (name, text, yaml) => {
    const file = join(folder, `${name}.yml`);
    await writeFile(file, yaml);
    process.env['PARAMETERS_FILE'] = file;
    expect(readParameters('local', 'us-east-1').texts[name]).toBe(text);
  });
});

test.each(['${self:service}', '../prod', 'a b', 'ä', 'x'.repeat(33), 'a_b'])(
  'the stage "%s", which would be part of names and paths, is refused',
  (stage) => {
    expect(() => readParameters(stage, 'us-east-1')).toThrow(
      /^--stage: expected .*, for example --stage prod$/,
    );
  },
);
