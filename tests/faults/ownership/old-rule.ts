import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { inProcess, type Invoke } from '../../../local/lambda/in-process';

/** The two rules of ownership, as they were before there were any. */
const WITHOUT: Readonly<Record<string, string>> = {
  'own-users': 'export const requireOwnUsers = async () => {};',
  'shared-user': 'export const requireNoOtherLogin = () => {}; export const requireUsersOfItsOwn = () => {};',
};

const withoutOwnership: Plugin = {
  name: 'without-ownership',
  setup: (builder) => {
    builder.onLoad({ filter: /rotation\/(own-users|shared-user)\.ts$/ }, ({ path }) => {
      const [, name = ''] = /([^/]+)\.ts$/.exec(path) ?? [];
      return { contents: WITHOUT[name] ?? '', loader: 'ts' };
    });
  },
};

/** Lends today's SetSecret that takes any standby, as releases did that did not ask whose it is. */
export async function withOldRule(use: (setSecret: Invoke) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'stepwise-old-rule-'));
  try {
    const outfile = join(directory, 'set-secret.js');
    await build({
      entryPoints: [join(__dirname, '../../../functions/set-secret.ts')],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'error',
      plugins: [withoutOwnership],
    });
    const { handler } = (await import(outfile)) as { handler: (event: unknown) => unknown };
    await use(inProcess(handler));
  } finally {
    await rm(directory, { recursive: true });
  }
}
