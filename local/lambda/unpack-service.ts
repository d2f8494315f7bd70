import { access, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { readTemplate, resourcesOf } from '../stack/template';
import { entryOf, type PackagedFunction } from './packaged-process';

/** The part of AWS::Lambda::Function that says what to run. */
interface FunctionProperties {
  Handler: string;
  Timeout: number;
  Code: { S3Key: string };
}

/** A packaged Lambda, and which resource of the template it is. */
export interface UnpackedFunction extends PackagedFunction {
  logicalId: string;
}

/** Unpacks one Lambda's zip. Entries come from our own packaging, and still none may leave the folder. */
async function unzip(zip: string, directory: string): Promise<void> {
  const bytes = await readFile(zip).catch(() => {
    throw new Error(`${zip} is missing: the template names it, so package the service again`);
  });
  for (const [path, content] of Object.entries(unzipSync(bytes))) {
    if (path.split('/').includes('..')) throw new Error(`${zip}: ${path} leads out of the package`);
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content, { mode: 0o600 });
  }
}

async function unpack(
  { Handler: handler, Timeout: timeoutSeconds, Code }: FunctionProperties,
  packageDirectory: string,
  root: string,
): Promise<PackagedFunction> {
  const name = basename(Code.S3Key, '.zip');
  const zip = join(packageDirectory, `${name}.zip`);
  const unpacked = { name, directory: join(root, name), handler, timeoutSeconds };
  await unzip(zip, unpacked.directory);
  await access(entryOf(unpacked).file).catch(() => {
    throw new Error(`${zip} does not hold ${handler}, the handler that the template names`);
  });
  return unpacked;
}

/**
 * Lends what `serverless package` made of the Lambdas, unpacked in a private folder that is gone afterwards.
 * @param packageDirectory what the framework wrote, usually `.serverless`
 * @param use receives the functions by their key in serverless.yml
 * @throws {Error} when there is no packaging, or when a bundle is missing in it
 */
export async function withUnpackedService<Result>(
  packageDirectory: string,
  use: (functions: Record<string, UnpackedFunction>) => Promise<Result>,
): Promise<Result> {
  const template = await readTemplate(packageDirectory);
  // mkdtemp makes folders that only we can enter; its real path is the one that a function is allowed to read.
  const root = await realpath(await mkdtemp(join(tmpdir(), 'stepwise-lambda-')));
  try {
    const functions: Record<string, UnpackedFunction> = {};
    for (const [logicalId, { Properties }] of resourcesOf(template, 'AWS::Lambda::Function')) {
      const unpacked = await unpack(Properties as unknown as FunctionProperties, packageDirectory, root);
      functions[unpacked.name] = { ...unpacked, logicalId };
    }
    return await use(functions);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
