import { join } from 'node:path';
import type { DatabaseServer } from './database-server';
import { findDebianMariadb, type MariadbSuite } from './debian-mariadb';
import { startKeptServer } from './kept-server';
import type { MariadbOrder } from './mariadb-keeper';
import { startPrivateServer } from './private-server';
import type { ServerFolder } from './server-folder';

const START_TIMEOUT_MS = 60_000;

/**
 * Gives a private throw-away MariaDB, like the MySQL of `startDatabaseServer`: 10.11 from Debian bookworm, 11.8 from
 * trixie. It knows clients by address, never by name, so over TCP an account of `localhost` lets nobody in.
 * No plugin is installed; its `auth_ed25519`, and in trixie `auth_parsec`, can be.
 * @throws {Error} on a machine whose apt does not use Debian's archive, or when the server does not start.
 */
export async function startMariadbServer(order: {
  suite: MariadbSuite;
  /** Further options of mariadbd, which come last and so win. */
  options?: readonly string[];
  onProgress?: (message: string) => void;
}): Promise<DatabaseServer> {
  const { suite, options = [], onProgress = () => undefined } = order;
  const { version, ...program } = await findDebianMariadb(suite, onProgress);
  onProgress(`starting MariaDB ${version}`);
  return startPrivateServer('MariaDB', (folder, password) =>
    startKeptServer({
      keeper: 'mariadb-keeper',
      folder: folder.path,
      order: {
        ...program,
        // The first one counts only as the first one: the machine's configuration is meant for its own server.
        options: ['--no-defaults', ...program.options, ...serverOptions(folder), ...options],
        initialStatements: keepOnlyRoot(password),
      } satisfies MariadbOrder,
      timeoutMs: START_TIMEOUT_MS,
    }),
  );
}

function serverOptions(folder: ServerFolder): string[] {
  return [
    ...(process.getuid?.() === 0 ? ['--user=root'] : []), // otherwise mariadbd refuses to run as root
    '--bind-address=127.0.0.1',
    '--socket=', // none
    `--pid-file=${join(folder.path, 'mariadbd.pid')}`,
    `--ssl-ca=${folder.caBundlePath}`,
    `--ssl-cert=${folder.certificatePath}`,
    `--ssl-key=${folder.privateKeyPath}`,
    '--skip-name-resolve',
    '--performance-schema=ON', // MySQL's default; it is where tests look for passwords in statement texts
    // Small, and careless of power cuts: the data is thrown away.
    '--innodb-buffer-pool-size=32M',
    '--innodb-log-file-size=10M',
    '--aria-pagecache-buffer-size=8M',
    '--innodb-flush-log-at-trx-commit=0',
    '--skip-log-bin',
  ];
}

/**
 * Fresh tables hold a root without password and users without name for `localhost` and the machine's name; the
 * latter would shadow every `'app'@'%'`. One root is left, and it may come from wherever the server listens.
 */
function keepOnlyRoot(password: string): string[] {
  return [
    "DELETE FROM global_priv WHERE User = '' OR User = 'root' AND Host <> 'localhost';",
    "UPDATE global_priv SET Host = '%' WHERE User = 'root';",
    "DELETE FROM proxies_priv WHERE User <> 'root' OR Host <> 'localhost';",
    "UPDATE proxies_priv SET Host = '%';", // the right to let others be proxies
    'FLUSH PRIVILEGES;', // only now does the bootstrap know of accounts at all
    `ALTER USER 'root'@'%' IDENTIFIED BY '${password}';`,
  ];
}
