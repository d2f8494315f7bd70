import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { DatabaseServer } from './database-server';
import { startKeptServer } from './kept-server';
import type { MysqldProgram } from './mysqld-program';
import { makeServerFolder, placeMysqld, type ServerFolder } from './server-folder';

const START_TIMEOUT_MS = 60_000;
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;
/** The library always makes a database; it is dropped again. */
const SCRATCH_DATABASE = 'scratch';

/** Starts `program`, or what mysql-memory-server downloads, as a private server on the loopback interface. */
export async function startPrivateServer(
  program: MysqldProgram | undefined,
  onProgress: (message: string) => void,
): Promise<DatabaseServer> {
  const what = program ? `MySQL ${program.version}` : "MySQL from MySQL's own site (the first time a download)";
  onProgress(`starting ${what}`);
  const folder = await makeServerFolder();
  const admin = { username: 'root', password: randomBytes(18).toString('base64url') };
  try {
    await placeMysqld(folder, program);
    const order = {
      scratchDatabase: SCRATCH_DATABASE,
      initialStatements: [...closeRoot(admin.password), ...useCertificate(folder)],
    };
    const timeoutMs = program === undefined ? DOWNLOAD_TIMEOUT_MS : START_TIMEOUT_MS;
    const { port, version, stop } = await startKeptServer(folder.path, order, timeoutMs);
    const { caBundlePath } = folder;
    return { host: '127.0.0.1', port, admin, product: 'MySQL', version, caBundlePath, ssl: true, stop };
  } catch (error) {
    await rm(folder.path, { recursive: true, force: true });
    throw error;
  }
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
