import { MysqlEngine } from '../../lib/databases/mysql/mysql-engine';
import type { DatabaseServer } from '../../local/database/database-server';
import { exactRows } from '../shapes/compare';
import { nextPassword, ShapePair } from '../shapes/pair';
import { ShapeServer } from '../shapes/shape-server';
import { MARIADB_SUITES, startMariadb } from '../shapes/started-servers';
import { eachWorld } from '../support/each-world';
import { expectRefused } from '../support/refusal';
import { endSecretsManagerAfterAll } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();
const START_TIMEOUT_MS = 180_000; // the first time a server is fetched

describe('a user name that no server stores is refused before anything is written', () => {
  it.each([
    ['with an emoji', 'app😀'],
    ['of a letter beyond U+FFFF', '𝒜pp'],
    ['with half of a character', 'app\uD83D'],
  ])('%s', async (_what, username) => {
    const world = await worlds.make({ naming: 'suffix', secret: { username } });

    await expectRefused(world, {
      error: 'UserMismatchError',
      at: 'CreateSecret',
      saying: /user name .* holds a character beyond U\+FFFF, such as an emoji, which no server stores/,
    });
  });

  it.each([
    ['an emoji', 'green🟢'],
    ['a control character', 'green\u0001x'],
  ])('when it is the other one of the pair, with %s', async (_what, other) => {
    const world = await worlds.make();
    world.setEnvironment({ APP_USER_2: other });

    await expectRefused(world, {
      error: 'UserMismatchError',
      at: 'CreateSecret',
      saying: /user name "green.* which no server stores: correct the secret's username, APP_USER_1/,
    });
  });
});

describe('a first user is not made on a database that a GRANT cannot name', () => {
  it.each([
    ['with an emoji', 'shop😀', /dbname of the secret is no name of a database: it holds a character beyond/],
    ['with a blank at its end', 'shop ', /is no name of a database: it ends with a blank/],
    ['of 65 characters', 'd'.repeat(65), /has 65 characters in a GRANT/],
    [
      'of 40 characters with 30 wildcards',
      `${'_'.repeat(30)}${'d'.repeat(10)}`,
      /has 70 characters in a GRANT/,
    ],
  ])('%s', async (_what, dbname, saying) => {
    const world = await worlds.make({ currentUser: 'absent', secret: { dbname } });
    await world.admin.run(`GRANT ALL PRIVILEGES ON *.* TO '${world.master.username}' WITH GRANT OPTION`);

    await expectRefused(world, { error: 'InitialSetupNotAllowedError', at: 'SetSecret', saying });
  });
});

describe.each(MARIADB_SUITES)('MariaDB of Debian %s', (suite) => {
  let started: DatabaseServer;
  let server: ShapeServer;

  beforeAll(async () => {
    started = await startMariadb(suite);
    server = await ShapeServer.open(started);
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await started.stop();
  });

  it.each([80, 81, 128])('mirrors a user name of %i characters', async (length) => {
    const pair = new ShapePair(server, { name: 'long', username: (prefix) => prefix.padEnd(length, 'ü') });
    try {
      await pair.make();
      const password = nextPassword();
      await pair.clone(password);
      expect(await pair.differences()).toEqual([]);
      const { account } = await pair.inspect(pair.users[1], password);
      expect(account.username).toBe(pair.users[1]);
    } finally {
      await pair.drop();
    }
  });

  it('says how long a user name may be', async () => {
    const { address, root } = server;
    const limit = await new MysqlEngine(address.caBundlePath).withPair(
      address,
      root,
      { current: 'nobody', standby: 'nobody_clone' },
      ({ userNameLimit }) => Promise.resolve(userNameLimit),
    );
    expect(limit).toBe(128);
    await expect(server.run(`CREATE USER \`${'u'.repeat(limit + 1)}\`@'%'`)).rejects.toThrow(/too long/);
  });

  it.each(['app.example.com', 'db1', '1.2.3.4.nip.io', 'fe80'])(
    'refuses an account at the host name %s under skip_name_resolve, with nothing changed',
    async (host) => {
      const pair = new ShapePair(server, { name: 'named host' });
      try {
        await pair.make();
        await server.run(
          `CREATE USER ${pair.names.at(host)} IDENTIFIED BY ${pair.names.password}`,
          'FLUSH PRIVILEGES',
        );
        await expect(pair.clone(nextPassword())).rejects.toThrow(
          expect.objectContaining({
            name: 'UnsupportedAccountError',
            message: expect.stringContaining(`@${host} is an account at a host name`) as string,
          }) as Error,
        );
        expect(await exactRows(server, pair.users[1])).toBe(await exactRows(server, 'nobody-at-all'));
      } finally {
        await pair.drop();
      }
    },
  );

  it.each(['localhost', '%.example.com', '10.%', '::1', '10.0.0.0/255.0.0.0', '127.0.0.1'])(
    'mirrors an account at %s under skip_name_resolve',
    async (host) => {
      const pair = new ShapePair(server, { name: 'host' });
      try {
        await pair.make();
        await server.run(
          `CREATE USER ${pair.names.at(host)} IDENTIFIED BY ${pair.names.password}`,
          'FLUSH PRIVILEGES',
        );
        await pair.clone(nextPassword());
        expect(await pair.differences()).toEqual([]);
      } finally {
        await pair.drop();
      }
    },
  );

  it.each([1, 31, 32, 33, 64, 100])('proves an ed25519 password of %i characters', async (length) => {
    const pair = new ShapePair(server, { name: 'ed25519' });
    const [username] = pair.users;
    const password = 'pä%s'.repeat(25).slice(0, length);
    const { address, root } = server;
    try {
      await server.run(`CREATE USER ${pair.names.user} IDENTIFIED VIA ed25519 USING PASSWORD('${password}')`);
      const unproved = (text: string) =>
        new MysqlEngine(address.caBundlePath).withPair(
          address,
          root,
          { current: username, standby: `${username}x` },
          (found) => Promise.resolve(found.hostsNotProvedBy(text)),
        );
      expect(await unproved(password)).toEqual([]);
      expect(await unproved(`${password}x`)).toEqual(['%']);
      expect(await unproved('')).toEqual(['%']);
    } finally {
      await pair.drop();
    }
  });

  it('says why it cannot log in by an ed25519 password of 33 characters', async () => {
    const pair = new ShapePair(server, { name: 'ed25519' });
    const password = 'p'.repeat(33);
    const { address } = server;
    try {
      await server.run(`CREATE USER ${pair.names.user} IDENTIFIED VIA ed25519 USING PASSWORD('${password}')`);
      const login = { username: pair.users[0], password, tls: 'verified' } as const;
      await expect(new MysqlEngine(address.caBundlePath).inspectSelf(address, login)).rejects.toThrow(
        expect.objectContaining({
          name: 'UnsupportedAccountError',
          message: expect.stringContaining('passwords of 32 bytes') as string,
        }) as Error,
      );
    } finally {
      await pair.drop();
    }
  });
});
