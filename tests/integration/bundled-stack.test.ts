import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import type { Usage } from '../../local/lambda/usage';
import { LAB_ACCOUNT } from '../../local/stack/account';
import { withDeployedStack } from '../../local/stack/deploy-stack';
import type { DeployedStack, StackSettings } from '../../local/stack/deployed-stack';

const ROOT = join(__dirname, '../..');

/** What a function can do that a bundle of ours never should. */
const CODE = `
const { readFileSync, writeFileSync } = require('node:fs');
const { spawnSync } = require('node:child_process');
const codeOf = (attempt) => { try { attempt(); return 'allowed'; } catch (error) { return error.code; } };
exports.environment = async () => process.env;
exports.reach = async (paths) => paths.map((path) => codeOf(() => readFileSync(path)));
exports.act = async () => [
  codeOf(() => writeFileSync(__dirname + '/written', '')), codeOf(() => spawnSync('true')),
];
exports.remaining = async (_event, context) => context.getRemainingTimeInMillis();
`;

const lambda = (name: string, handler: string, more: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: { 'Fn::Join': ['-', ['made', { Ref: 'AWS::Region' }, name]] },
    Runtime: 'nodejs24.x',
    Handler: handler,
    Timeout: 20,
    Code: { S3Key: `somewhere/${name}.zip` },
    ...more,
  },
});

const VARIABLES = {
  SPELT_OUT: 'in the template',
  COMPUTED: { 'Fn::Sub': '${AWS::Partition}/${Called.Arn}' },
  LEFT_OUT: { Ref: 'AWS::NoValue' },
};

const RESOURCES = {
  Environment: lambda('environment', 'index.environment', {
    MemorySize: 512,
    Environment: { Variables: VARIABLES },
  }),
  Called: lambda('called', 'index.reach'),
  Acting: lambda('acting', 'index.act'),
  Clock: lambda('clock', 'index.remaining', { Timeout: 900 }),
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stepwise-stack-'));
  for (const name of ['environment', 'called', 'acting', 'clock', 'odd']) {
    await writeFile(join(folder, `${name}.zip`), zipSync({ 'index.js': strToU8(CODE) }));
  }
  await write(RESOURCES);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const write = (Resources: object): Promise<void> =>
  writeFile(join(folder, 'cloudformation-template-update-stack.json'), JSON.stringify({ Resources }));

const deployed = <Result>(
  use: (stack: DeployedStack) => Promise<Result>,
  settings: Partial<StackSettings> = {},
): Promise<Result> =>
  withDeployedStack(
    folder,
    {
      account: LAB_ACCOUNT,
      settings: { parameters: () => ({}), runtime: () => Promise.resolve({}), ...settings },
    },
    use,
  );

async function invoke({ functions }: DeployedStack, key: string, event: unknown = {}): Promise<unknown> {
  return functions.find((found) => found.key === key)?.invoke(event);
}

describe('a deployed function', () => {
  it('is found under the name and the ARN that the template computes', async () => {
    await deployed(({ functions }) => {
      expect(functions.map(({ arn }) => arn)).toContain(
        'arn:aws:lambda:us-east-1:123456789012:function:made-us-east-1-called',
      );
      return Promise.resolve();
    });
  });

  it('has the variables of the template, with parameters in place of what is spelt out there', async () => {
    const settings = {
      parameters: () => ({ SPELT_OUT: 'given', COMPUTED: 'given', UNHEARD_OF: 'given' }),
      runtime: () => Promise.resolve({ AWS_REGION: 'us-east-1' }),
    };
    const environment = await deployed((stack) => invoke(stack, 'environment'), settings);
    expect(environment).toMatchObject({
      SPELT_OUT: 'given',
      COMPUTED: 'aws/arn:aws:lambda:us-east-1:123456789012:function:made-us-east-1-called',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'made-us-east-1-environment',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
    });
    expect(environment).not.toHaveProperty('UNHEARD_OF');
    expect(environment).not.toHaveProperty('LEFT_OUT');
    expect(environment).not.toHaveProperty('PATH');
    expect(await deployed((stack) => invoke(stack, 'environment'))).toMatchObject({
      SPELT_OUT: 'in the template',
    });
  });

  it('reads its own bundle, and no source of this project, no module and no other file', async () => {
    const paths = [
      'lib/errors.ts',
      'functions/set-secret.ts',
      'local/lab.ts',
      'node_modules/zod/package.json',
    ];
    const reached = await deployed((stack) =>
      invoke(stack, 'called', ['index.js', ...paths.map((path) => join(ROOT, path)), '/etc/passwd']),
    );
    const refused = Array<string>(paths.length + 1).fill('ERR_ACCESS_DENIED');
    expect(reached).toEqual(['allowed', ...refused]);
  });

  it('writes no file and starts no process', async () => {
    expect(await deployed((stack) => invoke(stack, 'acting'))).toEqual([
      'ERR_ACCESS_DENIED',
      'ERR_ACCESS_DENIED',
    ]);
  });

  it('knows how long it may take, and tells what it took', async () => {
    const usages: [string, Usage][] = [];
    const onUsage: StackSettings['onUsage'] = (key, usage) => usages.push([key, usage]);
    const remainingMs = await deployed((stack) => invoke(stack, 'clock'), { onUsage });
    expect(remainingMs).toBeGreaterThan(20_000); // the other functions have that much
    expect(remainingMs).toBeLessThanOrEqual(900_000);
    const [[key, usage] = []] = usages;
    expect(key).toBe('clock');
    expect(usage?.start.cpuMs).toBeGreaterThan(1);
    expect(usage?.maxRssKib).toBeGreaterThan(10_000);
    expect(usage?.invocation.wallMs).toBeGreaterThan(0);
  });
});

describe('a template that cannot be deployed here', () => {
  afterEach(() => write(RESOURCES));

  it.each([
    { what: 'a runtime that is not Node', properties: { Runtime: 'python3.13' }, why: /Odd: python3\.13/ },
    { what: 'a resource that is not there', properties: { FunctionName: { Ref: 'None' } }, why: /no None/ },
    {
      what: 'a function that CloudFormation alone computes',
      properties: { FunctionName: { 'Fn::ImportValue': 'x' } },
      why: /Fn::ImportValue: only Ref/,
    },
  ])('is refused for $what', async ({ properties, why }) => {
    await write({ ...RESOURCES, Odd: lambda('odd', 'index.reach', properties) });
    await expect(deployed(() => Promise.resolve())).rejects.toThrow(why);
  });
});
