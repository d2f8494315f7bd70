import type { DatabaseServer } from './database-server';
import { startKeptServer } from './kept-server';
import type { MysqlOrder } from './mysql-keeper';
import type { MysqldProgram } from './mysqld-program';
import { startPrivateServer } from './private-server';
import { placeMysqld, type ServerFolder } from './server-folder';

const START_TIMEOUT_MS = 60_000;
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;
/** The library always makes a database; it is dropped again. */
const SCRATCH_DATABASE = 'scratch';

/** Starts `program`, or what mysql-memory-server downloads, as a private server. */
export async function startMysqlServer(
  program: MysqldProgram | undefined,
  onProgress: (message: string) => void,
): Promise<DatabaseServer> {
  const what = program
    ? `MySQL ${program.version}`
    : "MySQL from MySQL's own site (the first time a download)";
  onProgress(`starting ${what}`);
  return startPrivateServer('MySQL', async (folder, password) => {
    await placeMysqld(folder, program);
    return startKeptServer({
      keeper: 'mysql-keeper',
      folder: folder.path,
      order: {
        scratchDatabase: SCRATCH_DATABASE,
        initialStatements: [...closeRoot(password), ...useCertificate(folder)],
      } satisfies MysqlOrder,
      timeoutMs: program === undefined ? DOWNLOAD_TIMEOUT_MS : START_TIMEOUT_MS,
    });
  });
}

/** Runs before the server accepts connections: the library's root, without password, is never reachable. */
function closeRoot(password: string): string[] {
  return [`DROP DATABASE ${SCRATCH_DATABASE};`, `ALTER USER 'root'@'localhost' IDENTIFIED BY '${password}';`];
}

/** The certificate that mysqld makes for itself names no host, so no client could verify it. */
function useCertificate({ caBundlePath, certificatePath, privateKeyPath }: ServerFolder): string[] {
  return [
    `SET GLOBAL ssl_ca = '${caBundlePath}';`,
    `SET GLOBAL ssl_cert = '${certificatePath}';`,
    `SET GLOBAL ssl_key = '${privateKeyPath}';`,
    'ALTER INSTANCE RELOAD TLS;',
  ];
}
