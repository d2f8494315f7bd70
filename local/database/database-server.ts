import { findDebianMysql } from './debian-mysql';
import { useExternalServer } from './external-server';
import { messageOf } from './failure';
import { findInstalledMysql } from './installed-mysql';
import { NoDatabaseServerError, type FailedAttempt } from './no-database-server-error';
import { startMysqlServer } from './mysql-server';
import type { ServerProduct } from './server-product';
import { SERVER_URL_VARIABLE } from './server-url';

/** How to reach a database server; plain data, so that it can be handed to another process as JSON. */
export interface DatabaseServerAddress extends ServerProduct {
  host: string;
  port: number;
  /** May do everything on the server. */
  admin: { username: string; password: string };
  /** PEM file of the authority that signed the server's certificate; `undefined`: the public ones. */
  caBundlePath: string | undefined;
  /** `false` only for an external server that asked for it. */
  ssl: boolean;
}

export interface DatabaseServer extends DatabaseServerAddress {
  /** Leaves no process and no file; does nothing to an external server. May be called more than once. */
  stop(): Promise<void>;
}

type Progress = (message: string) => void;

/**
 * Gives a real database server: the one that `ROTATION_MYSQL_URL` names, otherwise a private throw-away MySQL.
 *
 * A private server ends with the process that started it, however that process ends; `stop()` merely waits for it.
 * @throws {NoDatabaseServerError} when every way failed.
 */
export async function startDatabaseServer(options: { onProgress?: Progress } = {}): Promise<DatabaseServer> {
  const onProgress = options.onProgress ?? (() => undefined);
  const url = process.env[SERVER_URL_VARIABLE];
  if (url !== undefined && url !== '')
    return announced(await useExternalServer(url, { onProgress }), onProgress);
  const attempts: FailedAttempt[] = [];
  for (const { way, start } of WAYS) {
    try {
      return announced(await start(onProgress), onProgress);
    } catch (error) {
      attempts.push({ way, reason: messageOf(error) });
    }
  }
  throw new NoDatabaseServerError(attempts);
}

/**
 * Cheapest first. Debian's packages (kept in a cache once fetched) come before MySQL's own site: they bring every library they need, which the
 * site's archive does not, and on a machine that is not Debian this way is out at once.
 */
const WAYS: readonly { way: string; start: (onProgress: Progress) => Promise<DatabaseServer> }[] = [
  {
    way: 'a mysqld on the PATH',
    start: async (onProgress) => startMysqlServer(await findInstalledMysql(), onProgress),
  },
  {
    way: "MySQL from Debian's packages",
    start: async (onProgress) => startMysqlServer(await findDebianMysql(onProgress), onProgress),
  },
  {
    way: "MySQL from MySQL's own site",
    start: (onProgress) => startMysqlServer(undefined, onProgress),
  },
];

function announced(server: DatabaseServer, onProgress: Progress): DatabaseServer {
  onProgress(`${server.product} ${server.version} at ${server.host}:${server.port}`);
  return server;
}
