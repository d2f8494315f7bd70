import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess, type Invoke } from '../../local/lambda/in-process';
import { packagedProcess } from '../../local/lambda/packaged-process';

/** Handlers as text, because one of the places where they run is another process. */
const HANDLERS = {
  echo: '(event) => ({ ...event, gone: undefined })',
  silent: '() => undefined',
  late: '() => new Promise((resolve) => setTimeout(resolve, 60_000))',
  crash: '() => process.exit(7)',
  fail: `() => { throw Object.assign(new Error('told'), { name: 'ToldError', sql: 'hidden', cause: 'hidden' }) }`,
  failWithText: `() => { throw 'plain' }`,
  environment: '() => process.env',
  speak: `() => { console.log('first'); console.error('second') }`,
};
type Handler = keyof typeof HANDLERS;

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stepwise-conditions-'));
  await mkdir(join(directory, 'functions'));
  const source = Object.entries(HANDLERS).map(
    ([name, code]) => `exports.${name} = async (event) => (${code})(event)`,
  );
  await writeFile(join(directory, 'functions/step.js'), source.join('\n'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const here =
  (name: Handler): Invoke =>
  async (event) => {
    const step = (await import(join(directory, 'functions/step.js'))) as Record<Handler, Invoke>;
    return inProcess(step[name])(event);
  };

const there = (name: Handler, onLog: (text: string) => void = () => undefined, timeoutSeconds = 20): Invoke =>
  packagedProcess(
    { name: 'step', directory, handler: `functions/step.${name}`, timeoutSeconds },
    { environment: { GIVEN: 'yes' }, onLog },
  );

describe.each([
  ['in this process', here],
  ['in a process of its own', there],
])('a handler %s', (_place, at: (name: Handler) => Invoke) => {
  test('gets and gives what JSON carries', async () => {
    const when = new Date(0);
    await expect(at('echo')({ when, missing: undefined })).resolves.toStrictEqual({
      when: when.toISOString(),
    });
  });

  test('answers null when it returns nothing', async () => {
    await expect(at('silent')({})).resolves.toBeNull();
  });

  test('loses everything of an error but its name and message', async () => {
    const error: unknown = await at('fail')({}).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'ToldError', message: 'told' });
    expect(Object.keys(error as Error)).toEqual(['name']);
    expect(error).not.toHaveProperty('cause');
  });

  test('may throw what is no error', async () => {
    await expect(at('failWithText')({})).rejects.toThrow('plain');
  });
});

describe('a process of its own', () => {
  test('sees the environment that it was given, and nothing of ours', async () => {
    process.env['STEPWISE_OURS'] = 'secret';
    const seen = (await there('environment')({})) as Record<string, string>;
    delete process.env['STEPWISE_OURS'];
    expect(seen['GIVEN']).toBe('yes');
    expect(seen).not.toHaveProperty('STEPWISE_OURS');
    expect(seen).not.toHaveProperty('PATH');
  });

  test('hands on what it writes', async () => {
    let heard = '';
    await there('speak', (text) => (heard += text))({});
    expect(heard).toContain('first\n');
    expect(heard).toContain('second\n');
  });

  test('that takes longer than its timeout is ended, and told apart from its own errors', async () => {
    await expect(there('late', undefined, 0.5)({})).rejects.toMatchObject({ name: 'Sandbox.Timedout' });
  });

  test('that dies is an unknown error of the platform', async () => {
    await expect(there('crash')({})).rejects.toMatchObject({
      name: 'Lambda.Unknown',
      message: 'Runtime exited: exit code 7',
    });
  });
});
