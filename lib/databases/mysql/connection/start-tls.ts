import { connect } from 'node:tls';
import type { DriverInternals } from './driver-internals';
import { identityProblem, sentName } from './server-identity';
import { TLS_VERSION } from './tls';

/**
 * Sets up TLS on a connection of the driver, instead of the driver's own `startTLS`: that one compares the
 * certificate with the name `localhost` when the host is an address (mysql2 3.24.6, lib/base/connection.js; Node
 * takes `localhost` where it is given no name). What comes after TLS is set up ends the connection as the driver's
 * own errors do.
 */
export function startVerifiedTls(
  driver: DriverInternals,
  { host, ca }: { host: string; ca: string[] },
  onSecure: (error?: Error) => void,
): void {
  const servername = sentName(host);
  let isSecure = false;
  driver.stream.removeAllListeners('data');
  driver.stream = connect({
    socket: driver.stream,
    ca,
    minVersion: TLS_VERSION,
    rejectUnauthorized: true,
    checkServerIdentity: (_name, certificate) => identityProblem(host, certificate),
    ...(servername === undefined ? {} : { servername }),
  })
    .once('secureConnect', () => {
      isSecure = true;
      onSecure();
    })
    .on('error', (error: Error) => {
      if (isSecure) driver._handleNetworkError(error);
      else onSecure(error);
    })
    .on('data', (chunk: Buffer) => {
      driver.packetParser.execute(chunk);
    });
}
