import { join } from 'node:path';
import { withCachedPackages } from './cached-packages';
import { debianCommand } from './debian-program';
import { inspectMysqld, type MysqldProgram } from './mysqld-program';

/** Debian's stable releases ship MariaDB only; MySQL is in the development suite. */
const SUITE = 'sid';
const PACKAGE = 'mysql-server-core';

/** The MySQL of Debian's packages, from this user's cache; the first time it is fetched (about 70 MB). */
export function findDebianMysql(onProgress: (message: string) => void): Promise<MysqldProgram> {
  const request = { name: 'mysql', suite: SUITE, packages: [PACKAGE], onProgress };
  return withCachedPackages(request, unpackedMysql);
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
