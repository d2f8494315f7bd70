import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { codeOf } from './failure';

/** What rename says of a folder that is there already; it depends on the system. */
const OCCUPIED: readonly (string | undefined)[] = ['ENOTEMPTY', 'EEXIST'];

/**
 * Lets `fill` make a folder in a temporary place next to `into` and gives it the name `into` only when it is complete.
 * Of two at once, the first to be complete stays and the other is discarded; what a killed one left is removed
 * by the next.
 * @param fill gets a scratch folder and returns the path of the complete folder inside it.
 */
export async function completeOrAbsent(
  into: string,
  fill: (scratch: string) => Promise<string>,
): Promise<void> {
  await mkdir(dirname(into), { recursive: true, mode: 0o700 });
  await removeAbandoned(into);
  const scratch = await mkdtemp(`${into}${scratchMark()}${process.pid}-`);
  const removeAtExit = (): void => {
    rmSync(scratch, { recursive: true, force: true });
  };
  process.once('exit', removeAtExit);
  try {
    const complete = await fill(scratch);
    await rename(complete, into).catch((error: unknown) => {
      if (!OCCUPIED.includes(codeOf(error))) throw error;
    });
  } finally {
    process.off('exit', removeAtExit);
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Process ids mean nothing to another machine or container that shares the folder. */
function scratchMark(): string {
  return `.partial-${hostname()}-`;
}

async function removeAbandoned(into: string): Promise<void> {
  const prefix = `${basename(into)}${scratchMark()}`;
  for (const name of await readdir(dirname(into))) {
    if (!name.startsWith(prefix) || isAlive(Number.parseInt(name.slice(prefix.length)))) continue;
    await rm(join(dirname(into), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
