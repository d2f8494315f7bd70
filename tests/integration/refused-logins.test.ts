import { eachWorld } from '../support/each-world';
import { changingNothing, expectFault, runPreflight } from '../support/preflight';
import { expectRefused } from '../support/refusal';
import { startTcpProxy } from '../support/tcp-proxy';
import { endSecretsManagerAfterAll, type World } from '../support/world';
import type { WorldOptions } from '../support/world-options';

endSecretsManagerAfterAll();
const worlds = eachWorld();

type Statement = (user: string) => string;

const moved =
  (host: string): Statement =>
  (user) =>
    `RENAME USER ${user}@'%' TO ${user}@'${host}'`;

const altered =
  (clause: string): Statement =>
  (user) =>
    `ALTER USER ${user} ${clause}`;

async function makeWorld(statement: Statement, options: WorldOptions = {}): Promise<World> {
  const world = await worlds.make(options);
  await world.admin.run(statement(`'${world.users[0]}'`));
  return world;
}

/** Found by a preflight and by SetSecret, and neither has changed anything. */
async function expectFound(world: World, error: string, saying: RegExp): Promise<void> {
  await expectFault(world, { layer: 'current-login', error, saying });
  await expectRefused(world, { error, at: 'SetSecret', saying });
  expect(await world.admin.accountsOf(world.users[1])).toEqual([]);
}

describe('a login that TestSecret cannot make is found before the standby user is made', () => {
  it.each([
    ['REQUIRE SSL', /has REQUIRE SSL, and the pending login would not be encrypted .*set `ssl` to true/],
    ['REQUIRE X509', /has REQUIRE X509 and so wants a client certificate.*REQUIRE SSL/],
  ])('when the current user has %s and `ssl` of the secret is false', async (clause, saying) => {
    const world = await makeWorld(altered(clause), { secret: { ssl: false } });
    const error = clause === 'REQUIRE SSL' ? 'TlsVerificationError' : 'UnsupportedAccountError';
    await expectFound(world, error, saying);
  });

  it.each(['REQUIRE X509', "REQUIRE ISSUER '/CN=ca'", "REQUIRE SUBJECT '/CN=app'", "REQUIRE CIPHER 'X-Y'"])(
    'when the current user has %s',
    async (clause) => {
      const world = await makeWorld(altered(clause));
      await expectFound(world, 'UnsupportedAccountError', /wants a client certificate, which TestSecret has/);
    },
  );

  it.each([
    '10.1.2.3',
    '10.1.2.%',
    '10.1.0.0/255.255.0.0',
    '10.1.0.0/16',
    '2001:db8::1',
    'app.example.com',
    '%.example.com',
  ])('when the current user has an account at %s only', async (host) => {
    const world = await makeWorld(moved(host));
    await expectFound(
      world,
      'ClientHostRefusedError',
      /sees this Lambda as localhost, where \S+ will have no account.*at [\d%a-z]\S+ only: give .* the subnets of the Lambdas/,
    );
  });

  it.each([
    ['MAX_CONNECTIONS_PER_HOUR 1', /MAX_CONNECTIONS_PER_HOUR 1, which the login of TestSecret uses up/],
    ['MAX_QUERIES_PER_HOUR 2', /MAX_QUERIES_PER_HOUR 2, which the statements of TestSecret use up/],
  ])('when the current user has %s', async (limit, saying) => {
    const world = await makeWorld(altered(`WITH ${limit}`));
    await expectFound(world, 'UnsupportedAccountError', saying);
  });

  it('when the account requires TLS and plaintext is the fallback on a server without TLS', async () => {
    const proxy = await startTcpProxy({ withoutTls: true });
    worlds.afterwards(() => proxy.close());
    const { host, port } = proxy;
    const world = await makeWorld(altered('REQUIRE SSL'), {
      secret: { host, port },
      master: { host, port },
      environment: { DB_ALLOW_PLAINTEXT_FALLBACK: 'true' },
    });
    await expectFound(world, 'TlsVerificationError', /has REQUIRE SSL, and .*would not be encrypted/);
  });

  it('when only the master does without TLS and the server offers none', async () => {
    const proxy = await startTcpProxy({ withoutTls: true });
    worlds.afterwards(() => proxy.close());
    const { host, port } = proxy;
    const world = await worlds.make({ secret: { host, port }, master: { host, port, ssl: false } });
    await expectFound(world, 'TlsNotSupportedError', /the server offers no TLS/);
  });

  it('when only the master does without TLS and the certificate cannot be verified', async () => {
    const world = await worlds.make({ master: { ssl: false }, environment: { DB_CA_BUNDLE_PATH: '' } });
    await expectFound(world, 'TlsVerificationError', /DB_CA_BUNDLE_PATH/);
  });

  it('in a rotation that repairs the current user', async () => {
    const world = await makeWorld(altered("IDENTIFIED BY 'by hand' REQUIRE SSL"), {
      secret: { ssl: false },
    });
    world.setEnvironment({ ALLOW_REPAIR: world.secretArn });
    await expectFound(world, 'TlsVerificationError', /has REQUIRE SSL/);
  });
});

describe('a login that TestSecret can make is not refused', () => {
  it.each([
    ['at its address', moved('127.0.0.1'), {}],
    ['at its host name', moved('localhost'), {}],
    ['in its network', moved('127.0.0.0/255.255.255.0'), {}],
    ['with REQUIRE SSL', altered('REQUIRE SSL'), {}],
    ['with REQUIRE SSL and only the master in plaintext', altered('REQUIRE SSL'), { master: { ssl: false } }],
    ['with enough connections', altered('WITH MAX_CONNECTIONS_PER_HOUR 3 MAX_USER_CONNECTIONS 1'), {}],
  ] satisfies [string, Statement, WorldOptions][])('by a user %s', async (_how, statement, options) => {
    const world = await makeWorld(statement, options);

    await changingNothing(world, () => runPreflight(world));
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('by a user whose other account requires what this login lacks', async () => {
    const world = await worlds.make({ secret: { ssl: false } });
    const [user] = world.users;
    await world.admin.run(
      `CREATE USER '${user}'@'10.1.2.3' IDENTIFIED BY '${world.firstPassword}' REQUIRE X509`,
    );

    await changingNothing(world, () => runPreflight(world));
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  });
});
