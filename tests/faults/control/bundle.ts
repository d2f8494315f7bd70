import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Lends a bundle of the naive SetSecret, which a process of its own can load as it loads the real one's. */
export async function withNaiveBundle(use: (file: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'stepwise-naive-'));
  try {
    const outfile = join(directory, 'naive-set-secret.js');
    await build({
      entryPoints: [join(__dirname, 'naive-set-secret.ts')],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'error',
    });
    await use(outfile);
  } finally {
    await rm(directory, { recursive: true });
  }
}
