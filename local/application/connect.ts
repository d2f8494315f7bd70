import { readFileSync } from 'node:fs';
import { createConnection, type Connection } from 'mysql2/promise';
import type { DatabaseServerAddress } from '../database/database-server';

export interface Login {
  username: string;
  password: string;
}

/** A silent server is a failed login, not a program that hangs. */
const CONNECT_TIMEOUT_MS = 5_000;

/** Connects as any client of the server should: certificate and host name verified. */
export function connect(server: DatabaseServerAddress, login: Login, database?: string): Promise<Connection> {
  const authority =
    server.caBundlePath === undefined ? {} : { ca: readFileSync(server.caBundlePath, 'utf8') };
  return createConnection({
    host: server.host,
    port: server.port,
    user: login.username,
    password: login.password,
    connectTimeout: CONNECT_TIMEOUT_MS,
    ...(database === undefined ? {} : { database }),
    ...(server.ssl ? { ssl: { verifyIdentity: true, ...authority } } : {}),
  });
}
