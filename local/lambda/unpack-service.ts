import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import type { PackagedFunction } from './packaged-process';

interface Resource {
  Type: string;
  Properties: { Handler: string; Timeout: number; Code: { S3Key: string } };
}

/** Unpacks one Lambda's zip. Entries come from our own packaging, and still none may leave the folder. */
async function unzip(zip: string, directory: string): Promise<void> {
  for (const [path, content] of Object.entries(unzipSync(await readFile(zip)))) {
    if (path.split('/').includes('..')) throw new Error(`${zip}: ${path} leads out of the package`);
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content, { mode: 0o600 });
  }
}

/**
 * Lends what `serverless package` made of the Lambdas, unpacked in a private folder that is gone afterwards.
 * @param packageDirectory what the framework wrote, usually `.serverless`
 * @param use receives the functions by their key in serverless.yml
 */
export async function withUnpackedService<Result>(
  packageDirectory: string,
  use: (functions: Record<string, PackagedFunction>) => Promise<Result>,
): Promise<Result> {
  const template = JSON.parse(
    await readFile(join(packageDirectory, 'cloudformation-template-update-stack.json'), 'utf8'),
  ) as { Resources: Record<string, Resource> };
  const root = await mkdtemp(join(tmpdir(), 'stepwise-lambda-')); // mkdtemp makes folders that only we can enter
  try {
    const functions: Record<string, PackagedFunction> = {};
    for (const { Type, Properties } of Object.values(template.Resources)) {
      if (Type !== 'AWS::Lambda::Function') continue;
      const name = basename(Properties.Code.S3Key, '.zip');
      const directory = join(root, name);
      await unzip(join(packageDirectory, `${name}.zip`), directory);
      functions[name] = { name, directory, handler: Properties.Handler, timeoutSeconds: Properties.Timeout };
    }
    return await use(functions);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
