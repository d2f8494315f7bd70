import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { DatabaseServer } from './database-server';
import type { KeptServer } from './kept-server';
import { makeServerFolder, type ServerFolder } from './server-folder';
import type { ServerProduct } from './server-product';

/**
 * Makes a private server on the loopback interface: a folder with a certificate, a random password, and what
 * `start` makes of them. When it fails, the folder goes again.
 * @param start must give `root` that password before the server accepts connections.
 */
export async function startPrivateServer(
  product: ServerProduct['product'],
  start: (folder: ServerFolder, password: string) => Promise<KeptServer>,
): Promise<DatabaseServer> {
  const folder = await makeServerFolder();
  const admin = { username: 'root', password: randomBytes(18).toString('base64url') };
  try {
    const { port, version, stop } = await start(folder, admin.password);
    const { caBundlePath } = folder;
    return { host: '127.0.0.1', port, admin, product, version, caBundlePath, ssl: true, stop };
  } catch (error) {
    await rm(folder.path, { recursive: true, force: true });
    throw error;
  }
}
