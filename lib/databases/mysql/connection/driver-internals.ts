import type { Socket } from 'node:net';
import type { Connection } from 'mysql2';

/**
 * The parts of a connection of mysql2 that its types leave out and this adapter replaces: the driver lets nobody
 * choose how a certificate is compared, and throws what it cannot parse out of a socket's listener. The tests of
 * TLS and of stalled servers fail when a release of the driver renames one of them.
 */
export interface DriverInternals {
  stream: Socket;
  packetParser: { execute(chunk: Buffer): void };
  /** @param onSecure continues the handshake, or ends it with the error that it is given */
  startTLS(onSecure: (error?: Error) => void): void;
  /** Ends the connection with `error`, which every open statement is rejected with. */
  _handleNetworkError(error: Error): void;
}

export function internalsOf(connection: Connection): DriverInternals {
  return connection as unknown as DriverInternals;
}
