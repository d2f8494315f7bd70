import type { LoginObstacle } from '../../engine';
import type { AccountOptions, TlsRequirement } from '../accounts/account-options';
import type { Server } from '../connection/server';
import type { Candidate } from './login-candidates';

/** A login as TestSecret makes it: without a client certificate. */
export interface PendingLogin {
  isEncrypted: boolean;
  /** `Ssl_cipher` of a session like it; empty when that is not known. */
  cipher: string;
}

/** TestSecret's own statements, and those of one repetition. */
const TEST_STATEMENTS = 10;

export const NOT_ENCRYPTED =
  'the pending login would not be encrypted (`ssl` of the secret is false, or the server offers no TLS): set `ssl` to true in the secret';

/** MySQL 9.7 wants a certificate for CIPHER alone too, MariaDB 10.11 and 11.8 do not. */
function wantsCertificate({ type, issuer, subject }: TlsRequirement, product: Server['product']): boolean {
  if (type === 'X509') return true;
  return type === 'SPECIFIED' && (product === 'MySQL' || issuer !== '' || subject !== '');
}

/** The limit that TestSecret alone would use up, if there is one: its counters are the account's, for an hour. */
function exhaustedLimit({ limits }: AccountOptions): string | undefined {
  const { connections, queries, userConnections } = limits;
  if (userConnections < 0) return `MAX_USER_CONNECTIONS ${userConnections}, which allows no login`;
  if (connections === 1) {
    return 'MAX_CONNECTIONS_PER_HOUR 1, which the login of TestSecret uses up before an application logs in';
  }
  if (queries > 0 && queries < TEST_STATEMENTS) {
    return `MAX_QUERIES_PER_HOUR ${queries}, which the statements of TestSecret use up (${TEST_STATEMENTS} are needed)`;
  }
  return undefined;
}

/**
 * Why a server that takes a login for this account would refuse it.
 * @param standby the user that logs in
 */
export function refusalOf(
  { username, host, options }: Candidate,
  standby: string,
  { isEncrypted, cipher }: PendingLogin,
  product: Server['product'],
): LoginObstacle | undefined {
  if (username === '') {
    return {
      about: 'account',
      sentence: `the server would take ${standby} for the anonymous user ''@${host}, which stands before every account of ${standby}: drop the anonymous user`,
    };
  }
  const { tls } = options;
  const account = `${username}@${host}, a copy of the current user's account,`;
  const required = tls.type === 'SPECIFIED' ? 'CIPHER, ISSUER or SUBJECT' : tls.type;
  if (wantsCertificate(tls, product)) {
    return {
      about: 'account',
      sentence: `${account} has REQUIRE ${required} and so wants a client certificate, which TestSecret has not: let the current user have REQUIRE SSL`,
    };
  }
  if (tls.type !== 'NONE' && !isEncrypted) {
    return { about: 'encryption', sentence: `${account} has REQUIRE ${required}, and ${NOT_ENCRYPTED}` };
  }
  if (tls.cipher !== '' && cipher !== '' && tls.cipher !== cipher) {
    return {
      about: 'encryption',
      sentence: `${account} has REQUIRE CIPHER ${tls.cipher}, and this Lambda and the server agree on ${cipher}: let the current user have REQUIRE SSL`,
    };
  }
  const limit = exhaustedLimit(options);
  if (limit === undefined) return undefined;
  return { about: 'account', sentence: `${account} has ${limit}: raise the limit of the current user` };
}
