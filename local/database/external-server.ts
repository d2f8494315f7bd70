import { readFile } from 'node:fs/promises';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import type { DatabaseServer } from './database-server';
import { messageOf } from './failure';
import { parseServerVersion, type ServerProduct } from './server-product';
import { parseServerUrl, SERVER_URL_VARIABLE, type ServerUrl } from './server-url';

const CONNECT_TIMEOUT_MS = 10_000;

/** Uses the server that the URL names; stopping it is its owner's affair. */
export async function useExternalServer(urlText: string): Promise<DatabaseServer> {
  const { username, password, ...address } = parseServerUrl(urlText);
  const product = await askProduct({ username, password, ...address });
  return { ...address, ...product, admin: { username, password }, stop: () => Promise.resolve() };
}

async function askProduct(url: ServerUrl): Promise<ServerProduct> {
  const ssl = url.ssl ? { verifyIdentity: true, ...(await authority(url.caBundlePath)) } : undefined;
  try {
    const connection = await createConnection({
      host: url.host,
      port: url.port,
      user: url.username,
      password: url.password,
      connectTimeout: CONNECT_TIMEOUT_MS,
      ...(ssl && { ssl }),
    });
    try {
      const [rows] = await connection.query<RowDataPacket[]>('SELECT VERSION() AS version');
      const product = parseServerVersion(String(rows[0]?.['version']));
      if (product === undefined) throw new Error('the server does not tell its version');
      return product;
    } finally {
      await connection.end();
    }
  } catch (error) {
    // The driver's error holds no password here, but its message alone is all that helps.
    const where = `${url.host}:${url.port}`;
    throw new Error(`${SERVER_URL_VARIABLE}: no usable server at ${where} (${messageOf(error)})`);
  }
}

async function authority(path: string | undefined): Promise<{ ca?: string }> {
  if (path === undefined) return {};
  try {
    return { ca: await readFile(path, 'utf8') };
  } catch {
    throw new Error(`${SERVER_URL_VARIABLE}: the file that its option ca names cannot be read`);
  }
}
