import type { LoginObstacle, StandbyOrder, TlsPolicy } from '../../engine';
import type { PairOnServer } from '../standby/pair-on-server';
import { clientAddress, type ClientAddress } from './client-address';
import { candidatesFor, type Candidate } from './login-candidates';
import { NOT_ENCRYPTED, refusalOf } from './login-refusal';

/** How many accounts a sentence names; the rest is counted. */
const NAMED = 5;

/** What of the server, beside its accounts, decides on a login from here. */
interface Conditions {
  client: ClientAddress;
  requiresTls: boolean;
  anonymousHosts: string[];
}

/** One row for each anonymous account, or one without. */
async function readConditions({ session, server }: PairOnServer): Promise<Conditions> {
  const table = server.product === 'MySQL' ? 'mysql.user' : 'mysql.global_priv';
  const rows = await session.rows<{ seen: string; tls: number | string; host: string | null }>(
    'reading what decides on a login',
    `SELECT USER() AS seen, @@GLOBAL.require_secure_transport AS tls, account.Host AS host
       FROM (SELECT 1) AS one LEFT JOIN ${table} AS account ON account.User = ''`,
  );
  const seen = rows[0]?.seen ?? '';
  return {
    client: clientAddress(seen.slice(seen.lastIndexOf('@') + 1)),
    requiresTls: ['1', 'ON'].includes(String(rows[0]?.tls)),
    anonymousHosts: rows.flatMap(({ host }) => (host === null ? [] : [host])),
  };
}

/** The standby's accounts as they will be, and the anonymous ones that may stand before them. */
function futureAccounts(
  { current, standby: { username }, flavour }: PairOnServer,
  rights: StandbyOrder['rights'],
  anonymousHosts: readonly string[],
): Candidate[] {
  const options = flavour.initialOptions;
  const copies: Candidate[] =
    rights.from === 'current'
      ? [...current.accounts.values()].map((account) => ({
          username,
          host: account.host,
          options: account.options,
        }))
      : [{ username, host: '%', options }];
  return [...copies, ...anonymousHosts.map((host) => ({ username: '', host, options }))];
}

/** A session's cipher is asked for only where an account of MariaDB names one. */
async function cipherFor({ session }: PairOnServer, candidates: readonly (Candidate | undefined)[]) {
  const isAskedFor = candidates.some((candidate) => (candidate?.options.tls.cipher ?? '') !== '');
  if (!session.isEncrypted || !isAskedFor) return '';
  const [row] = await session.rows<{ Value: string }>(
    'reading the cipher',
    "SHOW SESSION STATUS LIKE 'Ssl_cipher'",
  );
  return row?.Value ?? '';
}

function noAccount(
  { seenAs }: ClientAddress,
  standby: string,
  accounts: readonly Candidate[],
): LoginObstacle {
  const hosts = accounts.filter(({ username }) => username !== '').map(({ host }) => host);
  const more = hosts.length > NAMED ? ` and ${hosts.length - NAMED} more` : '';
  return {
    about: 'address',
    sentence: `the server sees this Lambda as ${seenAs}, where ${standby} will have no account, because the current user has accounts at ${hosts.slice(0, NAMED).join(', ')}${more} only: give the current user one, with the same password and rights, at a host part that covers the subnets of the Lambdas`,
  };
}

/**
 * Tells from the current user's accounts what the server would say to the standby, which gets copies of them: which
 * account it would take TestSecret's login for, and what that account requires. Where a host name hides the
 * address, or two accounts are equally specific, only what holds for all that are possible counts.
 * @param isEncrypted asks whether a login under `tls` is encrypted; it may open a connection for that
 */
export async function loginObstacle(
  pair: PairOnServer,
  rights: StandbyOrder['rights'],
  tls: TlsPolicy,
  isEncrypted: (tls: TlsPolicy) => Promise<boolean>,
): Promise<LoginObstacle | undefined> {
  const { client, requiresTls, anonymousHosts } = await readConditions(pair);
  const encrypted = await isEncrypted(tls);
  if (requiresTls && !encrypted) {
    return {
      about: 'encryption',
      sentence: `require_secure_transport of the server is ON, and ${NOT_ENCRYPTED}`,
    };
  }
  const { product } = pair.server;
  const standby = pair.standby.username;
  const accounts = futureAccounts(pair, rights, anonymousHosts);
  const candidates = candidatesFor(accounts, client, product);
  const login = { isEncrypted: encrypted, cipher: await cipherFor(pair, candidates) };
  const obstacles = candidates.map((candidate) =>
    candidate === undefined
      ? noAccount(client, standby, accounts)
      : refusalOf(candidate, standby, login, product),
  );
  return obstacles.every((obstacle) => obstacle !== undefined) ? obstacles[0] : undefined;
}
