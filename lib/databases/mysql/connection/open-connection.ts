import type { Socket } from 'node:net';
import { createConnection, type ConnectionOptions, type RowDataPacket } from 'mysql2';
import { internalsOf } from './driver-internals';
import { startVerifiedTls } from './start-tls';
import { within } from './within';

/** A server that has heard goodbye closes its side at once. */
const GOODBYE_LIMIT_MS = 1_000;

/** A connection that is logged in, and owns its socket to the end. */
export interface OpenConnection {
  /** Rejects at once when the connection is lost, or was lost while nobody asked anything. */
  query(sql: string): Promise<RowDataPacket[]>;
  /** Logs in as another user on the same connection (COM_CHANGE_USER). Rejects as `query` does. */
  changeUser(login: { user: string; password: string; charset: string }): Promise<void>;
  /** Says goodbye. Resolves when the socket is closed, and with it the session on the server. */
  end(): Promise<void>;
  /** Drops the socket. */
  destroy(): void;
}

/**
 * Logs in over a socket, which is closed when that fails. The listeners for errors stay for as long as the socket
 * does, because the driver reports an error for each layer that breaks, and one without a listener ends the process.
 * @param options the driver's; `ssl.ca` holds the authorities when TLS is wanted
 * @throws what the driver throws
 */
export async function openConnection(socket: Socket, options: ConnectionOptions): Promise<OpenConnection> {
  // The driver's own limit is a timer that nobody ends when the socket is closed from outside.
  const connection = createConnection({ ...options, stream: socket, connectTimeout: 0 });
  const driver = internalsOf(connection);
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => undefined);
  const lose = (error: unknown) => {
    lost.reject(error);
    socket.destroy();
  };
  connection.on('error', lose);

  const execute = driver.packetParser.execute.bind(driver.packetParser);
  driver.packetParser.execute = (chunk) => {
    try {
      execute(chunk);
    } catch (error) {
      // A server that does not speak the protocol; the driver would let this end the process.
      lose(Object.assign(new Error('not the protocol', { cause: error }), { fatal: true }));
    }
  };
  if (typeof options.ssl === 'object') {
    const server = { host: options.host ?? '', ca: options.ssl.ca as string[] };
    driver.startTLS = (onSecure) => {
      startVerifiedTls(driver, server, onSecure);
    };
  }

  const connected = Promise.withResolvers<unknown>();
  connection.once('connect', connected.resolve);
  await Promise.race([lost.promise, connected.promise]);

  return {
    query: (sql) => {
      const answer = Promise.withResolvers<RowDataPacket[]>();
      connection.query<RowDataPacket[]>(sql, (error, rows) => {
        if (error === null) answer.resolve(rows);
        else answer.reject(error);
      });
      // In this order: why the connection was lost says more than that it is closed.
      return Promise.race([lost.promise, answer.promise]);
    },
    changeUser: (login) => {
      const answer = Promise.withResolvers<undefined>();
      connection.changeUser(login, (error) => {
        if (error === null) answer.resolve(undefined);
        else answer.reject(error);
      });
      return Promise.race([answer.promise, lost.promise]);
    },
    end: async () => {
      const closed = new Promise((resolve) => driver.stream.once('close', resolve));
      connection.end();
      connection.destroy(); // the driver's word for closing its side behind the goodbye
      if (!socket.destroyed) await within(GOODBYE_LIMIT_MS, closed).catch(() => undefined);
      socket.destroy();
    },
    destroy: () => {
      socket.destroy();
    },
  };
}
