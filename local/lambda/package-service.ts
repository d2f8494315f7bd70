import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';

const PROJECT = join(__dirname, '../..');

/** All that the bundles and the template are made of. */
const SOURCES = [
  'serverless.yml',
  'package.json',
  'tsconfig.json',
  'config',
  'functions',
  'lib',
  'resources',
  'statemachine',
];

/** A deployer's own; a run is given its parameters and takes none that happen to lie about. */
const isParametersFile = (path: string): boolean => /^parameters\..*\.yml$/.test(basename(path));

export interface PackageOptions {
  /** By default `local`, which needs neither an account nor a setting. */
  stage?: string;
  /** Settings of the deployment, such as DB_PASSWORD_PROPAGATION_WAIT. Those of this process do not count. */
  environment?: Readonly<Record<string, string>>;
  /** The content of config/parameters.<stage>.yml, as values or as the text itself. By default there is no such file. */
  parameters?: Readonly<Record<string, unknown>> | string;
  /** Leaves the functions' code out: bundling it is most of the work, and the template only says where it lies. */
  templateOnly?: boolean;
}

/**
 * Runs `serverless package` and lends the folder that it writes: a CloudFormation template and a zip per Lambda.
 *
 * The bundler keeps its intermediate files inside the service's folder and clears them at its end, so two runs in
 * the same checkout destroy each other's work. Each run therefore gets a private copy of the sources.
 * @throws when packaging is refused; the message is what the framework printed.
 */
export async function withPackagedService<Result>(
  options: PackageOptions,
  use: (directory: string) => Promise<Result>,
): Promise<Result> {
  const copy = await mkdtemp(join(tmpdir(), 'stepwise-package-'));
  try {
    for (const source of SOURCES) {
      const filter = (path: string) => !isParametersFile(path);
      await cp(join(PROJECT, source), join(copy, source), { recursive: true, filter });
    }
    await writeParameters(copy, options);
    if (options.templateOnly === true) await emptyFunctions(join(copy, 'functions'));
    await symlink(join(PROJECT, 'node_modules'), join(copy, 'node_modules'), 'junction');
    await mkdir(join(copy, 'home'));
    await mkdir(join(copy, 'tmp')); // the bundler's plugin leaves its temporary folders behind
    await runServerless(copy, options);
    return await use(join(copy, '.serverless'));
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

async function writeParameters(copy: string, { stage = 'local', parameters }: PackageOptions): Promise<void> {
  if (parameters === undefined) return;
  const text = typeof parameters === 'string' ? parameters : stringify(parameters);
  await writeFile(join(copy, `config/parameters.${stage}.yml`), text);
}

async function emptyFunctions(directory: string): Promise<void> {
  for (const file of await readdir(directory)) await writeFile(join(directory, file), 'export {};\n');
}

async function runServerless(
  copy: string,
  { stage = 'local', environment = {} }: PackageOptions,
): Promise<void> {
  const cli = join(copy, 'node_modules/serverless/bin/serverless.js');
  try {
    await promisify(execFile)(process.execPath, [cli, 'package', '--stage', stage], {
      cwd: copy,
      // No PATH and no home of the user's: neither credentials nor settings of this machine can play a part.
      env: { HOME: join(copy, 'home'), TMPDIR: join(copy, 'tmp'), ...environment },
    });
  } catch (failure) {
    const { stdout = '', stderr = '' } = failure as { stdout?: string; stderr?: string };
    throw new Error(`serverless package failed:\n${stdout}${stderr}`.trimEnd());
  }
}
