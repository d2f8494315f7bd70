import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withPackagedService } from '../../local/lambda/package-service';

const TEMPLATE = 'cloudformation-template-update-stack.json';
/** What `serverless package` writes, and altered copies of it. */
interface PackagedFolder {
  path: () => string;
  /** Lends a copy whose template was changed as text, or which lacks a file. */
  withCopy: (
    change: { template?: (text: string) => string; without?: string },
    use: (path: string) => Promise<void>,
  ) => Promise<void>;
}

/** Packages the service once for the tests of a file. To be called at its top. */
export function packagedFolder(): PackagedFolder {
  const ready = Promise.withResolvers<string>();
  const done = Promise.withResolvers<undefined>();
  let lent: Promise<void>;
  let path = '';

  beforeAll(async () => {
    lent = withPackagedService({}, async (directory) => {
      ready.resolve(directory);
      await done.promise;
    });
    lent.catch(ready.reject);
    path = await ready.promise;
  });

  afterAll(async () => {
    done.resolve(undefined);
    await lent;
  });

  return {
    path: () => path,
    withCopy: async ({ template, without }, use) => {
      const copy = await mkdtemp(join(tmpdir(), 'stepwise-copy-'));
      try {
        await cp(path, copy, { recursive: true });
        if (without !== undefined) await rm(join(copy, without));
        if (template !== undefined) {
          const text = await readFile(join(copy, TEMPLATE), 'utf8');
          const changed = template(text);
          expect(changed).not.toBe(text);
          await writeFile(join(copy, TEMPLATE), changed);
        }
        await use(copy);
      } finally {
        await rm(copy, { recursive: true, force: true });
      }
    },
  };
}
