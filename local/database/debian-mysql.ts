import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder';
import { fetchDebianPackages } from './debian-packages';
import { debianCommand } from './debian-program';
import { inspectMysqld, type MysqldProgram } from './mysqld-program';

/** Debian's stable releases ship MariaDB only; MySQL is in the development suite. */
const SUITE = 'sid';
const PACKAGE = 'mysql-server-core';

/** The MySQL of Debian's packages, from this user's cache; the first time it is fetched (about 70 MB). */
export async function findDebianMysql(onProgress: (message: string) => void): Promise<MysqldProgram> {
  const root = cacheFolder(`mysql-debian-${SUITE}-${process.arch}`);
  try {
    return await unpackedMysql(root);
  } catch {
    await rm(root, { recursive: true, force: true }); // absent, or damaged
  }
  await fetchDebianPackages({ suite: SUITE, packages: [PACKAGE], into: root, onProgress });
  return unpackedMysql(root);
}

async function unpackedMysql(root: string): Promise<MysqldProgram> {
  return inspectMysqld(await debianCommand(root, 'usr/sbin/mysqld'), [
    // The packages expect to be installed in `/`.
    '--secure-file-priv=NULL',
    `--lc-messages-dir=${join(root, 'usr/share/mysql')}`,
    `--character-sets-dir=${join(root, 'usr/share/mysql/charsets')}`,
    `--plugin-dir=${join(root, 'usr/lib/mysql/plugin')}`,
  ]);
}
