import type { LoginObstacle, Pair, StandbyOrder, TlsPolicy } from '../databases/engine';
import {
  ClientHostRefusedError,
  TlsVerificationError,
  UnsupportedAccountError,
  type RotationError,
} from '../errors';

const ERRORS: Readonly<Record<LoginObstacle['about'], new (message: string) => RotationError>> = {
  address: ClientHostRefusedError,
  encryption: TlsVerificationError,
  account: UnsupportedAccountError,
};

function refusalFor({ about, sentence }: LoginObstacle): RotationError {
  return new ERRORS[about](`TestSecret could not log in: ${sentence}`);
}

/**
 * Requires, before anything is changed, that the server would let TestSecret log in as the standby.
 * @param tls how TestSecret protects its login
 * @throws {ClientHostRefusedError} when the standby would have no account for this Lambda's address.
 * @throws {TlsVerificationError} when its account, or the server, requires an encryption that the login lacks.
 * @throws {UnsupportedAccountError} when its account requires what TestSecret cannot give.
 */
export async function requireLogin(
  pair: Pair,
  rights: StandbyOrder['rights'],
  tls: TlsPolicy,
): Promise<void> {
  const obstacle = await pair.loginObstacle(rights, tls);
  if (obstacle !== undefined) throw refusalFor(obstacle);
}
