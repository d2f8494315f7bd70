import { TlsNotSupportedError } from '../../../errors';
import type { Flavour } from '../accounts/flavour';
import { hashPassword } from './password-hash';
import { quoteAccount, quoteText } from '../connection/quote';
import type { Server } from '../connection/server';
import type { Session } from '../connection/session';
import type { Targets } from '../standby/targets';

/** The parts of an account statement that hold a password or its hash, and the same with the secrets left out. */
export interface LoginClauses {
  sql: string;
  shown: string;
  /** True when the password itself had to be sent. */
  cleartext: boolean;
}

/**
 * `user`@`host` with a password, for each account, as CREATE USER and ALTER USER take them. Accounts that log in alike
 * are given the same hash: with the largest `caching_sha2_password_digest_rounds` one takes over a second of CPU. The
 * server makes it itself where a validating plugin refuses hashes.
 * @throws {TlsNotSupportedError} when the password itself would have to cross the network in the clear.
 */
export function loginClauses(
  { server, flavour, session }: { server: Server; flavour: Flavour; session: Session },
  username: string,
  targets: Targets,
  password: string,
): LoginClauses {
  const { refusesHashes: cleartext, digestRounds } = server;
  if (cleartext && !session.isEncrypted) {
    throw new TlsNotSupportedError(
      'the server must make the hash itself, and its connection is not encrypted: the password would cross the network in the clear',
    );
  }
  const plugins = new Set([...targets.values()].map(({ plugin }) => plugin));
  const hashes = new Map(
    cleartext ? [] : [...plugins].map((plugin) => [plugin, hashPassword(plugin, password, digestRounds)]),
  );
  const parts = [...targets].map(([host, { plugin }]) => {
    const account = quoteAccount(username, host);
    const stored = hashes.get(plugin);
    if (stored !== undefined) {
      return [
        account,
        flavour.identified(plugin, flavour.quoteHash(stored)),
        flavour.identified(plugin, '<hash>'),
      ] as const;
    }
    return [
      account,
      flavour.identifiedBy(plugin, quoteText(password)),
      flavour.identifiedBy(plugin, '<password>'),
    ] as const;
  });
  return {
    sql: parts.map(([account, clause]) => `${account} ${clause}`).join(', '),
    shown: parts.map(([account, , clause]) => `${account} ${clause}`).join(', '),
    cleartext,
  };
}
