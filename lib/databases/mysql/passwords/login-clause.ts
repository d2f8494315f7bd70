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
 * Rounds up to which a caching_sha2_password hash is made here: 500,000 take about a second and a half. MySQL
 * allows 4,095,000, which would outlast the session's lease on its pair.
 */
const MOST_ROUNDS_HERE = 500_000;

/** The server makes the hash itself: too many rounds, or a validating plugin that refuses hashes. */
function mustSendPassword({ digestRounds, refusesHashes }: Server, plugin: string): boolean {
  return refusesHashes || (plugin === 'caching_sha2_password' && digestRounds > MOST_ROUNDS_HERE);
}

/**
 * `user`@`host` with a password, for each account, as CREATE USER and ALTER USER take them.
 * @throws {TlsNotSupportedError} when the password itself would have to cross the network in the clear.
 */
export function loginClauses(
  { server, flavour, session }: { server: Server; flavour: Flavour; session: Session },
  username: string,
  targets: Targets,
  password: string,
): LoginClauses {
  let cleartext = false;
  const parts = [...targets].map(([host, { plugin }]) => {
    const account = quoteAccount(username, host);
    if (!mustSendPassword(server, plugin)) {
      const stored = flavour.quoteHash(hashPassword(plugin, password, server.digestRounds));
      return [account, flavour.identified(plugin, stored), flavour.identified(plugin, '<hash>')] as const;
    }
    if (!session.isEncrypted) {
      throw new TlsNotSupportedError(
        'the server must make the hash itself, and its connection is not encrypted: the password would cross the network in the clear',
      );
    }
    cleartext = true;
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
