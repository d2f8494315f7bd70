import { stat } from 'node:fs/promises';
import { codeOf } from './failure';

const OTHERS_MAY_WRITE = 0o002;
const ROOT = 0;

/**
 * Requires that a folder, if it is there, is this user's or root's and that not everybody may write in it: programs are
 * run from it, and whoever fills it first, under an XDG_CACHE_HOME that many share, would have theirs run.
 * @param uid of this user; Windows has none, and no such bits
 * @throws {Error} naming the folder and what to do.
 */
export async function requireOwnFolder(folder: string, uid = process.getuid?.()): Promise<void> {
  if (uid === undefined) return;
  const found = await stat(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined) return;
  const isSafe = [uid, ROOT].includes(found.uid) && (found.mode & OTHERS_MAY_WRITE) === 0;
  if (isSafe) return;
  throw new Error(
    `programs of ${folder} are not run: expected a folder of this user in which not everybody may write, found one of user ${found.uid} with mode ${(found.mode & 0o777).toString(8)}. Remove it, or set XDG_CACHE_HOME to a folder of yours`,
  );
}
