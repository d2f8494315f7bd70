import type { RotationError } from '../errors';
import type { Endpoint, Login } from './engine';

/**
 * The way to a database server, one layer after the other, so that a failure can be told from its cause.
 *
 * How long a layer may take is the caller's decision; an implementation ends what it has begun when `signal` is
 * aborted. No driver error escapes, and no message holds a password.
 */
export interface ConnectionProbe {
  /** @throws {DatabaseUnavailableError} when the name resolves to no address. */
  resolve(host: string): Promise<void>;

  /**
   * Opens a connection, hands it to `use`, and closes it whatever happens.
   * @throws {DatabaseUnavailableError} telling "nothing listens" from "no way there".
   */
  withConnection<Result>(
    endpoint: Endpoint,
    signal: AbortSignal,
    use: (connection: ProbedConnection) => Promise<Result>,
  ): Promise<Result>;
}

export interface ProbedConnection {
  /**
   * Sets up TLS as `login` wants it, and logs in through it: one connection from end to end, because servers
   * count handshakes that were begun and dropped, and block an address that has too many (`max_connect_errors`).
   * @throws {TlsNotSupportedError}
   * @throws {TlsVerificationError}
   * @throws {DatabaseUnavailableError} when the connection broke.
   * @throws {ConfigurationError} when the deployer's authorities cannot be read.
   */
  logIn(login: Login): Promise<LoginOutcome>;
}

export interface LoginOutcome {
  isEncrypted: boolean;
  /** What the server said to the login when it refused it; no fault of the layers below. */
  refusal: RotationError | undefined;
}
