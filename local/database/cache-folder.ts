import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where fetched servers are kept between runs: outside the repository, for this user only. */
export function cacheFolder(name: string): string {
  const base = process.env['XDG_CACHE_HOME'];
  // The XDG specification: a relative path is invalid and to be ignored.
  const root = base !== undefined && isAbsolute(base) ? base : join(homedir(), '.cache');
  return join(root, 'stepwise-rotation', name);
}
