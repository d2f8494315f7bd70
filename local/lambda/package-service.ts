import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

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

export interface PackageOptions {
  /** By default `local`, which needs neither an account nor a setting. */
  stage?: string;
  /** Settings of the deployment, such as DB_PASSWORD_PROPAGATION_WAIT. Those of this process do not count. */
  environment?: Readonly<Record<string, string>>;
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
      await cp(join(PROJECT, source), join(copy, source), { recursive: true });
    }
    await symlink(join(PROJECT, 'node_modules'), join(copy, 'node_modules'), 'junction');
    await mkdir(join(copy, 'home'));
    await mkdir(join(copy, 'tmp')); // the bundler's plugin leaves its temporary folders behind
    await runServerless(copy, options);
    return await use(join(copy, '.serverless'));
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
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
