import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { withCachedPackages } from './cached-packages';
import { debianCommand } from './debian-program';
import { askServerProduct } from './mysqld-program';

/** MariaDB 10.11 is in bookworm, 11.8 in trixie: the two long-term series that Debian supports. */
export type MariadbSuite = 'bookworm' | 'trixie';

interface MariadbProgram {
  command: readonly string[];
  /** Needed by whatever the server is started with. */
  options: readonly string[];
  /** SQL files that make the system tables, in this order. */
  systemTables: readonly string[];
  version: string;
}

/** Between the two releases MariaDB renamed its files. */
const OWN_NAME: Readonly<Record<MariadbSuite, string>> = { bookworm: 'mysql', trixie: 'mariadb' };
const PLUGINS = 'usr/lib/mysql/plugin';

/** The MariaDB of Debian's packages, from this user's cache; the first time it is fetched (about 20 MB). */
export function findDebianMariadb(
  suite: MariadbSuite,
  onProgress: (message: string) => void,
): Promise<MariadbProgram> {
  const request = {
    name: 'mariadb',
    suite,
    packages: ['mariadb-server-core'],
    packagesWithoutDependencies: ['mariadb-server'], // has the authentication plugins, and depends on 70 others
    onProgress,
  };
  return withCachedPackages(request, (root) => unpackedMariadb(root, OWN_NAME[suite]));
}

async function unpackedMariadb(root: string, ownName: string): Promise<MariadbProgram> {
  const command = await debianCommand(root, 'usr/sbin/mariadbd');
  const share = join(root, 'usr/share', ownName);
  await access(join(root, PLUGINS, 'auth_ed25519.so'));
  const { version } = await askServerProduct(command);
  return {
    command,
    version,
    // The packages expect to be installed in `/`.
    options: [
      `--lc-messages-dir=${share}`,
      `--character-sets-dir=${join(share, 'charsets')}`,
      `--plugin-dir=${join(root, PLUGINS)}`,
    ],
    // The same files in the same order as mariadb-install-db takes them, but for the texts of HELP.
    systemTables: [
      `${ownName}_system_tables.sql`,
      `${ownName}_performance_tables.sql`,
      `${ownName}_system_tables_data.sql`,
      'maria_add_gis_sp_bootstrap.sql',
      `${ownName}_sys_schema.sql`,
    ].map((file) => join(share, file)),
  };
}
