import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EachWorld } from './each-world';

/** A folder for one test, gone after it. */
export async function temporaryFolder(worlds: EachWorld): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'stepwise-test-'));
  worlds.afterwards(() => rm(directory, { recursive: true }));
  return directory;
}
