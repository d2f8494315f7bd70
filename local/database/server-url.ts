/** What `ROTATION_MYSQL_URL` says. */
export interface ServerUrl {
  host: string;
  port: number;
  username: string;
  password: string;
  caBundlePath: string | undefined;
  /** Undefined when the URL says nothing. */
  ssl: boolean | undefined;
}

export const SERVER_URL_VARIABLE = 'ROTATION_MYSQL_URL';
const EXPECTED =
  'expected mysql://user:password@host:port, optionally with ?ca=/path/to/ca.pem or ?ssl=false';

/**
 * Reads `mysql://user:password@host:port[?ca=/path/to/ca.pem | ?ssl=false]`; the port is 3306 when absent.
 * @param source where the URL was given, for messages
 * @throws {Error} whose message repeats nothing of the URL: in a mistyped one the password may stand anywhere.
 */
export function parseServerUrl(text: string, source: string = SERVER_URL_VARIABLE): ServerUrl {
  const fail = (reason: string): never => {
    throw new Error(`${source}: ${reason}; ${EXPECTED}`);
  };
  const url = URL.canParse(text) ? new URL(text) : fail('it is not a URL');
  if (url.protocol !== 'mysql:') fail('it does not begin with mysql://');
  if (url.hostname === '') fail('the host is missing');
  if (url.username === '') fail('the user is missing');
  if (!['', '/'].includes(url.pathname) || url.hash !== '') {
    fail('something stands after the port (a special character in the password is written %XX)');
  }
  const options = [...url.searchParams.keys()];
  if (options.length > 1 || options.some((name) => name !== 'ca' && name !== 'ssl')) {
    fail('the options after "?" are not understood');
  }
  const ssl = url.searchParams.get('ssl');
  if (ssl !== null && ssl !== 'true' && ssl !== 'false') fail('the option ssl is neither true nor false');
  const ca = url.searchParams.get('ca');
  if (ca === '') fail('the option ca names no file');
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? 3306 : Number(url.port),
    username: decoded(url.username, fail),
    password: decoded(url.password, fail),
    caBundlePath: ca ?? undefined,
    ssl: ssl === null ? undefined : ssl === 'true',
  };
}

function decoded(part: string, fail: (reason: string) => never): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return fail('the user or the password holds a "%" that is not written %25');
  }
}
