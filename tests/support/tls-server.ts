import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { createConnection, type Connection } from 'mysql2/promise';
import { issueServerCertificate, makeAuthority, type Authority } from '../../local/database/certificates';
import type { DatabaseServer } from '../../local/database/database-server';
import { startPrivateMysql } from '../shapes/started-servers';

/** A private MySQL on every loopback address, with certificates of the test's choice. */
export interface TlsServer {
  readonly port: number;
  readonly admin: DatabaseServer['admin'];
  /** PEM file of the authority that every certificate of `present` is from. */
  readonly caBundlePath: string;
  /** Gives the server a certificate for its next connections. */
  present(certificate: { names: readonly string[]; commonName?: string; notAfter?: Date }): Promise<void>;
  stop(): Promise<void>;
}

/** The private server listens on 127.0.0.1 only. */
async function listenEverywhere(port: number): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const listener = createServer((client) => {
    const upstream = keep(connect(port, '127.0.0.1'));
    keep(client).pipe(upstream).pipe(client);
  });
  listener.listen(0, '::');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
}

async function useAuthority(root: Connection, folder: string, authority: Authority): Promise<string> {
  const caBundlePath = join(folder, `${randomUUID()}.pem`);
  await writeFile(caBundlePath, authority.certificatePem);
  await root.query(`SET GLOBAL ssl_ca = '${caBundlePath}'`);
  return caBundlePath;
}

export async function startTlsServer(): Promise<TlsServer> {
  const server = await startPrivateMysql();
  const folder = dirname(server.caBundlePath ?? '');
  const ca = readFileSync(server.caBundlePath ?? '', 'utf8');
  // Open from now on, whatever certificate comes.
  const root = await createConnection({
    host: server.host,
    port: server.port,
    user: server.admin.username,
    password: server.admin.password,
    ssl: { ca, verifyIdentity: true },
  });
  const authority = await makeAuthority();
  const caBundlePath = await useAuthority(root, folder, authority);
  const everywhere = await listenEverywhere(server.port);
  return {
    port: everywhere.port,
    admin: server.admin,
    caBundlePath,
    present: async (certificate) => {
      const { certificatePem, privateKeyPem } = await issueServerCertificate(authority, certificate);
      await writeFile(join(folder, 'server-cert.pem'), certificatePem);
      await writeFile(join(folder, 'server-key.pem'), privateKeyPem);
      await root.query('ALTER INSTANCE RELOAD TLS');
    },
    stop: async () => {
      await root.end();
      await everywhere.close();
      await server.stop();
    },
  };
}
