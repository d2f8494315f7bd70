import type { ConnectionOptions } from 'mysql2';
import type { Endpoint, Login } from '../../engine';
import { ed25519Answer } from '../passwords/ed25519';
import { readAuthorities, TLS_VERSION } from './tls';

/**
 * What the driver is told of every connection of this adapter, a probe's too: what may not differ between them is
 * how TLS is verified and what a server may ask of its client.
 */
export function connectionOptions(
  { host, port }: Endpoint,
  { username, password }: Pick<Login, 'username' | 'password'>,
  isEncrypted: boolean,
  caBundlePath: string | undefined,
): ConnectionOptions {
  return {
    // With TLS also what the certificate must name.
    host,
    port,
    user: username,
    password,
    // A server must not be able to ask for files of the client.
    flags: ['-LOCAL_FILES'],
    // The password that the connection has at this moment: another user may be logged in on it later.
    authPlugins: {
      client_ed25519:
        ({ connection }) =>
        (challenge: Buffer) =>
          ed25519Answer(connection.config.password ?? '', challenge),
    },
    // The driver then asks the server for TLS; start-tls.ts sets it up.
    ...(isEncrypted
      ? {
          ssl: {
            ca: readAuthorities(caBundlePath),
            minVersion: TLS_VERSION,
            rejectUnauthorized: true,
            verifyIdentity: true,
          },
        }
      : {}),
  };
}
