import * as fc from 'fast-check';
import type { RowDataPacket } from 'mysql2/promise';
import { clientAddress } from '../../lib/databases/mysql/login/client-address';
import { candidatesFor, type Candidate } from '../../lib/databases/mysql/login/login-candidates';
import { LOGIN_SERVERS, LoginServer, START_TIMEOUT_MS } from '../support/login-server';

/** Host parts, of which most admit a client of the loopback interface. */
const HOSTS = [
  ...['%', '127.%', '127.0.%', '127.0.0.1', '127.0.0.2', '127.0.0._', '_27.0.0.1', '%.0.0.1', '_____.%'],
  ...['127.0.0.0/255.255.255.0', '127.0.0.0/255.0.0.0', '127.0.0.0/255.0.255.0', '127.0.0.1/255.255.255.255'],
  ...['127.0.0.0/24', '127.0.0.0/8', '127.0.0.1/32', '0.0.0.0/0', '127.0.0.9/24', '127.0.0.9/255.255.255.0'],
  ...['localhost', 'local%', 'l_calhost', '%host', '10.%', '::1', 'elsewhere.example'],
];

const OPTIONS: Candidate['options'] = {
  tls: { type: 'NONE', cipher: '', issuer: '', subject: '' },
  limits: { queries: 0, updates: 0, connections: 0, userConnections: 0 },
  passwordLifetime: null,
};

describe.each(LOGIN_SERVERS)('the account that $name takes a login for', ({ product, start }) => {
  let login: LoginServer;

  beforeAll(async () => {
    login = await LoginServer.start(start);
  }, START_TIMEOUT_MS);
  afterAll(() => login.stop());

  /** The host part of the account that the server takes a client for, and what it calls the client. */
  async function whoIs(from: string): Promise<[taken: string | undefined, seenAs: string]> {
    try {
      const connection = await login.connect('app', from);
      const [[row]] = await connection.query<RowDataPacket[]>(
        "SELECT SUBSTRING_INDEX(CURRENT_USER(), '@', -1) AS taken, SUBSTRING_INDEX(USER(), '@', -1) AS seen",
      );
      await connection.end();
      return [String(row?.['taken']), String(row?.['seen'])];
    } catch (error) {
      return [undefined, /'@'([^']+)'/.exec((error as Error).message)?.[1] ?? from];
    }
  }

  it('is among those that are judged, whichever hosts the user has and wherever it comes from', async () => {
    let decided = 0;
    const hosts = fc.uniqueArray(fc.constantFrom(...HOSTS), { maxLength: 9 });
    const from = fc.constantFrom('127.0.0.1', '127.0.0.2');
    const property = fc.asyncProperty(hosts, from, async (chosen, address) => {
      await login.makeUser('app', chosen);
      const [taken, seenAs] = await whoIs(address);
      await login.dropUsers();
      const accounts = chosen.map((host) => ({ username: 'app', host, options: OPTIONS }));
      const possible = candidatesFor(accounts, clientAddress(seenAs), product);
      if (possible.length === 1) decided += 1;
      expect(possible.map((candidate) => candidate?.host)).toContain(taken);
    });
    await fc.assert(property, { seed: 5, numRuns: 40 });
    expect(decided).toBeGreaterThan(20);
  });
});
