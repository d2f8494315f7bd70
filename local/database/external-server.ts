import { readFile } from 'node:fs/promises';
import { createConnection, type RowDataPacket, type SslOptions } from 'mysql2/promise';
import type { DatabaseServer } from './database-server';
import { codeOf, messageOf } from './failure';
import { parseServerVersion, type ServerProduct } from './server-product';
import { parseServerUrl, SERVER_URL_VARIABLE, type ServerUrl } from './server-url';

const CONNECT_TIMEOUT_MS = 10_000;

interface ExternalServerOptions {
  onProgress: (message: string) => void;
  /** Where the URL was given, for messages. */
  source?: string;
}

/** Uses the server that the URL names; stopping it is its owner's affair. */
export async function useExternalServer(
  urlText: string,
  { onProgress, source = SERVER_URL_VARIABLE }: ExternalServerOptions,
): Promise<DatabaseServer> {
  const url = parseServerUrl(urlText, source);
  const { host, port, username, password, caBundlePath } = url;
  const { product, ssl } = await reach(url, source, onProgress);
  const admin = { username, password };
  return { host, port, caBundlePath, ssl, ...product, admin, stop: () => Promise.resolve() };
}

/**
 * Verified TLS, unless the URL asks for plaintext. A server on this machine that was just installed has a
 * certificate that nobody can verify; as long as the URL says nothing of TLS, loopback does without.
 */
async function reach(
  url: ServerUrl,
  source: string,
  onProgress: (message: string) => void,
): Promise<{ product: ServerProduct; ssl: boolean }> {
  const failed = (error: unknown): Error =>
    // The driver's error holds no password here, but its message alone is all that helps.
    new Error(`${source}: no usable server at ${url.host}:${url.port} (${messageOf(error)})`);
  const tls = { verifyIdentity: true, ...(await authority(url.caBundlePath, source)) };
  try {
    return { product: await askProduct(url, url.ssl === false ? undefined : tls), ssl: url.ssl !== false };
  } catch (error) {
    const isUnverified = ['HANDSHAKE_SSL_ERROR', 'HANDSHAKE_NO_SSL_SUPPORT'].includes(codeOf(error) ?? '');
    const saysNothing = url.ssl === undefined && url.caBundlePath === undefined;
    if (!isUnverified || !saysNothing || !isLoopback(url.host)) throw failed(error);
  }
  onProgress(`${url.host}:${url.port} has no certificate that can be verified: plaintext, on loopback only`);
  try {
    return { product: await askProduct(url, undefined), ssl: false };
  } catch (error) {
    throw failed(error);
  }
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.');

async function askProduct(url: ServerUrl, ssl: SslOptions | undefined): Promise<ServerProduct> {
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
}

async function authority(path: string | undefined, source: string): Promise<{ ca?: string }> {
  if (path === undefined) return {};
  try {
    return { ca: await readFile(path, 'utf8') };
  } catch {
    throw new Error(`${source}: the file that its option ca names cannot be read`);
  }
}
