import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import * as errors from '../../lib/errors';

const ROOT = join(__dirname, '../..');
const LONGEST_FILE_LINES = 200;

interface Source {
  path: string;
  text: string;
  /** What it imports: a path from the project's root, or a package's name. */
  imports: string[];
}

const DECLARED_IMPORT = /^(?:import|export)\b[^;]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gms;

function read(path: string): Source {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const imports = [...text.matchAll(DECLARED_IMPORT)].map(([, from, bare, dynamic]) => {
    const specifier = from ?? bare ?? dynamic ?? '';
    return specifier.startsWith('.')
      ? relative(ROOT, join(ROOT, dirname(path), specifier)).replaceAll('\\', '/')
      : specifier;
  });
  return { path: path.replaceAll('\\', '/'), text, imports };
}

const sourcesIn = (...folders: string[]): Source[] =>
  folders.flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: ROOT })).map(read);

/** Sources and what they import that they must not, as `from -> to`. */
const importsOf = (sources: Source[], isForbidden: (name: string) => boolean): string[] =>
  sources.flatMap(({ path, imports }) => imports.filter(isForbidden).map((name) => `${path} -> ${name}`));

const deployed = sourcesIn('lib', 'functions');
const everything = sourcesIn('lib', 'functions', 'local', 'verify', 'bench', 'examples', 'tests');

describe('what may depend on what', () => {
  it('is looked at in all sources', () => {
    expect(deployed.length).toBeGreaterThan(40);
    expect(deployed.flatMap(({ imports }) => imports).length).toBeGreaterThan(100);
    expect(read('functions/set-secret.ts').imports).toEqual([
      'lib/rotation/set-secret',
      'lib/rotation/state',
      'lib/runtime',
      'lib/step',
    ]);
  });

  it('functions are made of lib alone', () => {
    expect(importsOf(sourcesIn('functions'), (name) => !name.startsWith('lib/'))).toEqual([]);
  });

  it('examples know nothing of this project, so that they can be copied', () => {
    const own = /^(bench|functions|lib|local|tests|verify)\//;
    expect(sourcesIn('examples')).not.toEqual([]);
    expect(importsOf(sourcesIn('examples'), (name) => own.test(name))).toEqual([]);
  });

  it('nothing that is deployed imports anything that is not', () => {
    expect(importsOf(deployed, (name) => /^(bench|examples|local|tests|verify)\//.test(name))).toEqual([]);
  });

  it('the rules know no SDK and no driver, nor what adapts them', () => {
    const adapters =
      /^@aws|^mysql2|^node:|^lib\/(runtime|databases\/mysql\/|notices\/sns-|executions\/step-functions-|secrets\/(secrets-manager-|store-errors))/;
    expect(importsOf(sourcesIn('lib/rotation', 'lib/reporting'), (name) => adapters.test(name))).toEqual([]);
  });

  it('only functions and the runtime itself know the runtime', () => {
    expect(importsOf(sourcesIn('lib', 'local'), (name) => name === 'lib/runtime')).toEqual([]);
  });

  it('the SDK is known to its adapter and the runtime, the driver to the database', () => {
    const users = (packages: RegExp) =>
      deployed
        .filter(({ imports }) => imports.some((name) => packages.test(name)))
        .map(({ path }) => path)
        .sort();
    expect(users(/^@aws-sdk\//)).toEqual([
      'lib/executions/step-functions-executions.ts',
      'lib/executions/step-functions-records.ts',
      'lib/notices/sns-notices.ts',
      'lib/runtime.ts',
      'lib/secrets/secrets-manager-store.ts',
      'lib/secrets/secrets-manager-version-dates.ts',
    ]);
    expect(users(/^mysql2/).filter((path) => !path.startsWith('lib/databases/mysql/'))).toEqual([]);
  });

  it('the environment is read in one place', () => {
    const readers = deployed.filter(({ text }) => /\bprocess\s*\.\s*env\b/.test(withoutComments(text)));
    expect(readers.map(({ path }) => path)).toEqual(['lib/config.ts']);
  });

  it('nothing that is deployed waits by itself, but for kickoff (docs/adr/0007-kickoff-waits.md)', () => {
    const waits = /\b(setTimeout|setInterval|Atomics\.wait|timers\/promises)\b/;
    expect(deployed.filter(({ text }) => waits.test(withoutComments(text))).map(({ path }) => path)).toEqual([
      'lib/rotation/kickoff/pause.ts',
    ]);
  });
});

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}

describe('a source file', () => {
  it('has a name of small words', () => {
    const names = everything
      .map(({ path }) => path)
      .filter((path) => !/^([a-z0-9-]+\/)*[a-z0-9-]+(\.test|\.d)?\.ts$/.test(path));
    expect(names).toEqual([]);
  });

  it('has a name that says something', () => {
    const empty = /(^|[/-])(utils?|helpers?|common|misc|manager|impl)(-|\.|\/|$)/;
    expect(
      everything.map(({ path }) => path).filter((path) => empty.test(path.replace('secrets-manager', ''))),
    ).toEqual([]);
  });

  it(`has ${LONGEST_FILE_LINES} lines at most`, () => {
    const long = everything.filter(({ text }) => text.split('\n').length - 1 > LONGEST_FILE_LINES);
    expect(long.map(({ path, text }) => `${path}: ${text.split('\n').length - 1}`)).toEqual([]);
  });

  it('of a Lambda has few lines and one handler', () => {
    for (const { path, text } of sourcesIn('functions')) {
      expect([path, text.split('\n').length <= 25]).toEqual([path, true]);
      expect([path, text.match(/^export /gm)]).toEqual([path, ['export ']]);
      expect(text).toMatch(/^export const handler = defineStep\(/m);
    }
  });
});

describe('a test', () => {
  const tests = sourcesIn('tests').filter(({ path }) => path.endsWith('.test.ts'));
  const pathsOf = (pattern: RegExp): string[] =>
    tests.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

  it('does not measure how long something takes: it passes on a slow machine too', () => {
    expect(pathsOf(/\bperformance\.now|\bhr[t]ime\b|expect\(Date\.now\(\)/)).toEqual([]);
  });
});

describe('an error', () => {
  const classes = Object.entries(errors).filter(([name]) => name !== 'RotationError') as unknown as [
    string,
    new (message: string) => errors.RotationError,
  ][];

  it.each(classes)('%s is called by its own name, and a failed step shows it', (name, ErrorClass) => {
    const error = new ErrorClass('what happened');
    expect([error.name, error.message, error.cause]).toEqual([name, 'what happened', undefined]);
    expect(error).toBeInstanceOf(errors.RotationError);
    expect(typeof error.retried).toBe('boolean');
  });

  it('that is thrown is one of lib/errors.ts', () => {
    const known = new Set(classes.map(([name]) => name));
    const thrown = deployed.flatMap(({ path, text }) =>
      [...withoutComments(text).matchAll(/\bthrow new (\w+)/g)].map(([, name = '']) => ({ path, name })),
    );
    expect(thrown.length).toBeGreaterThan(20);
    // In driver-errors.ts the class comes out of a table of these classes.
    expect(thrown.filter(({ name }) => !known.has(name))).toEqual([]);
  });

  it('is listed in docs/errors.md once, with whether it is retried', () => {
    const rows = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8')
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
      .filter(([, name = '']) => /^[A-Z]\w+Error$/.test(name))
      .map(([, name = '', , retried = '']) => [name, retried]);
    const expected = classes.map(([name, ErrorClass]) => [name, new ErrorClass('').retried ? 'yes' : 'no']);
    expect(rows.toSorted()).toEqual(expected.toSorted());
  });
});
