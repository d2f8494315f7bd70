import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { cacheFolder } from './cache-folder';
import { fetchDebianPackages, type DebianPackagesRequest } from './debian-packages';
import { requireOwnFolder } from './own-folder';

interface CachedPackagesRequest extends Omit<DebianPackagesRequest, 'into'> {
  /** What the packages are for; suite and processor are added. */
  name: string;
}

/**
 * Uses unpacked packages from this user's cache; the first time they are fetched.
 * @param use gets the folder they are unpacked in. What it refuses is fetched once more.
 */
export async function withCachedPackages<T>(
  { name, ...request }: CachedPackagesRequest,
  use: (root: string) => Promise<T>,
): Promise<T> {
  const root = cacheFolder(`${name}-debian-${request.suite}-${process.arch}`);
  await requireOwnFolder(dirname(root));
  await requireOwnFolder(root);
  try {
    return await use(root);
  } catch {
    await rm(root, { recursive: true, force: true }); // absent, or damaged
  }
  await fetchDebianPackages({ ...request, into: root });
  return use(root);
}
