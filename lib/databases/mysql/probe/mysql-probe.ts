import { lookup } from 'node:dns/promises';
import { connect, type Socket } from 'node:net';
import {
  ConfigurationError,
  DatabaseUnavailableError,
  TlsNotSupportedError,
  TlsVerificationError,
  UnsupportedServerError,
  type RotationError,
} from '../../../errors';
import type { Endpoint, Login } from '../../engine';
import type { ConnectionProbe, LoginOutcome, ProbedConnection } from '../../probe';
import { connectionOptions } from '../connection/connection-options';
import { translateDriverError } from '../connection/driver-errors';
import { openConnection } from '../connection/open-connection';
import { codeOf, unconnected, unresolved } from './network-errors';

/** Failures of the way to the server; every other one is the server's answer to the login. */
const BELOW_LOGIN = [
  ConfigurationError,
  DatabaseUnavailableError,
  TlsNotSupportedError,
  TlsVerificationError,
  UnsupportedServerError,
];

const nameOf = ({ host, port }: Endpoint): string => `${host}:${port}`;

/** @param signal ends the attempt, and the connection whenever it comes later */
function openSocket(endpoint: Endpoint, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(endpoint.port, endpoint.host);
    const abort = () => socket.destroy();
    signal.addEventListener('abort', abort, { once: true });
    socket
      .setNoDelay(true)
      .once('connect', () => {
        resolve(socket);
      })
      .on('error', (error) => {
        reject(unconnected(nameOf(endpoint), codeOf(error)));
      })
      .once('close', () => {
        signal.removeEventListener('abort', abort);
        reject(unconnected(nameOf(endpoint), 'ECONNABORTED'));
      });
  });
}

/** MySQL and MariaDB: TLS is negotiated inside their protocol, so that it takes their driver to probe it. */
export class MysqlProbe implements ConnectionProbe {
  /** @param caBundlePath PEM file; undefined: the Lambda runtime's authorities and the public ones */
  constructor(private readonly caBundlePath: string | undefined) {}

  async resolve(host: string): Promise<void> {
    try {
      await lookup(host);
    } catch (error) {
      throw unresolved(host, codeOf(error));
    }
  }

  async withConnection<Result>(
    endpoint: Endpoint,
    signal: AbortSignal,
    use: (connection: ProbedConnection) => Promise<Result>,
  ): Promise<Result> {
    const socket = await openSocket(endpoint, signal);
    try {
      return await use({ logIn: (login) => this.logIn(endpoint, signal, login, socket) });
    } finally {
      socket.destroy();
    }
  }

  private async logIn(
    endpoint: Endpoint,
    signal: AbortSignal,
    login: Login,
    socket: Socket,
  ): Promise<LoginOutcome> {
    const attempt = async (stream: Socket, isEncrypted: boolean): Promise<LoginOutcome> => ({
      isEncrypted,
      refusal: await this.refusal(endpoint, login, stream, isEncrypted),
    });
    if (login.tls === 'off') return attempt(socket, false);
    try {
      return await attempt(socket, true);
    } catch (error) {
      if (login.tls !== 'verified-if-offered' || !(error instanceof TlsNotSupportedError)) throw error;
      const plain = await openSocket(endpoint, signal);
      try {
        return await attempt(plain, false);
      } finally {
        plain.destroy();
      }
    }
  }

  /** The one login of a connection. @returns why the server did not accept it, if it did not */
  private async refusal(
    endpoint: Endpoint,
    login: Login,
    stream: Socket,
    isEncrypted: boolean,
  ): Promise<RotationError | undefined> {
    try {
      const options = connectionOptions(endpoint, login, isEncrypted, this.caBundlePath);
      await (await openConnection(stream, options)).end();
      return undefined;
    } catch (error) {
      const ours = translateDriverError(error, { connecting: 'master', to: nameOf(endpoint) });
      if (BELOW_LOGIN.some((Below) => ours instanceof Below)) throw ours;
      return ours;
    }
  }
}
