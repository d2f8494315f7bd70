import { eachWorld } from '../support/each-world';
import { expectRefused } from '../support/refusal';
import { startTcpProxy } from '../support/tcp-proxy';
import { endSecretsManagerAfterAll, type World } from '../support/world';
import type { WorldOptions } from '../support/world-options';

endSecretsManagerAfterAll();
const worlds = eachWorld();

const VICTIM_PASSWORD = 'known to its owner only';

/** A world with one more user, who has nothing to do with the application. */
async function withVictim(options: WorldOptions = {}): Promise<{ world: World; victim: string }> {
  const world = await worlds.make(options);
  const victim = `victim_${world.id}`;
  await world.admin.run(
    `CREATE USER '${victim}' IDENTIFIED BY '${VICTIM_PASSWORD}'`,
    `GRANT ALL PRIVILEGES ON ${world.database}.* TO '${victim}'`,
  );
  worlds.afterwards(() => world.admin.run(`DROP USER IF EXISTS '${victim}', '${victim}_clone'`));
  return { world, victim };
}

/** What whoever may write the application's secret can do. */
async function rewriteSecret(world: World, fields: Record<string, unknown>): Promise<void> {
  await world.putSecret({ ...(await world.secret()), ...fields }, 'AWSCURRENT');
}

describe('whoever may write the secret cannot become another user', () => {
  it('without its password', async () => {
    const { world, victim } = await withVictim({ naming: 'suffix' });
    await rewriteSecret(world, { username: victim, password: 'a guess' });

    await expectRefused(world, {
      error: 'CurrentCredentialRejectedError',
      at: 'SetSecret',
      saying: /the password of the AWSCURRENT version is not that of victim/,
      users: [victim, `${victim}_clone`],
    });
    expect(await world.admin.accountsOf(`${victim}_clone`)).toEqual([]);
  });

  it('not even with it, when the deployer named the pair', async () => {
    const { world, victim } = await withVictim();
    await rewriteSecret(world, { username: victim, password: VICTIM_PASSWORD });

    await expectRefused(world, {
      error: 'UserMismatchError',
      at: 'CreateSecret',
      saying: /neither APP_USER_1/,
      users: [victim],
    });
  });

  it('of whose accounts it knows the password of one only', async () => {
    const { world, victim } = await withVictim({ naming: 'suffix' });
    const other = `'${victim}'@'10.0.0.1'`;
    await world.admin.run(
      `CREATE USER ${other} IDENTIFIED BY 'another'`,
      `GRANT ALL PRIVILEGES ON *.* TO ${other}`,
    );
    worlds.afterwards(() => world.admin.run(`DROP USER ${other}`));
    await rewriteSecret(world, { username: victim, password: VICTIM_PASSWORD });

    await expectRefused(world, {
      error: 'CurrentCredentialRejectedError',
      at: 'SetSecret',
      saying: /not that of victim_\S+@10\.0\.0\.1/,
      users: [victim],
    });
  });

  it('by letting it be the standby', async () => {
    const { world, victim } = await withVictim({ naming: 'suffix' });
    await world.admin.run(`DROP USER '${world.users[0]}'`, `RENAME USER '${victim}' TO '${world.users[1]}'`);

    await expectRefused(world, {
      error: 'CurrentUserMissingError',
      at: 'SetSecret',
      saying: /does not exist but .* does/,
    });
  });

  it('by a name that means something to SQL', async () => {
    const world = await worlds.make({
      currentUser: 'absent',
      naming: 'suffix',
      secret: { username: `x'@'%', \`root\` \\` },
      environment: { ALLOW_INITIAL_SETUP: 'true' },
    });
    const made = `x'@'%', \`root\` \\_clone`;
    worlds.afterwards(() => world.admin.run(`DROP USER IF EXISTS \`${made.replaceAll('`', '``')}\``));
    const users = () =>
      world.admin.rows<{ User: string }>('SELECT User FROM mysql.user WHERE User LIKE "x\'%"');
    const root = await world.admin.accountsOf('root');

    const execution = await world.rotate();

    expect(execution).toMatchObject({ status: 'SUCCEEDED' });
    expect((await users()).map(({ User }) => User)).toEqual([made]);
    expect(await world.admin.accountsOf('root')).toEqual(root);
    expect(await world.currentSecretWorks()).toBe(true);
  });
});

describe('whoever may write the secret does not get the master’s password', () => {
  it.each([
    ['with another host', (port: number) => ({ host: 'localhost', port })],
    ['with another port', (port: number) => ({ port })],
    ['with plaintext as well', (port: number) => ({ port, ssl: false })],
  ])('%s: nobody even connects there', async (_means, fields) => {
    const listener = await startTcpProxy();
    worlds.afterwards(() => listener.close());
    const world = await worlds.make({ secret: fields(listener.port) });

    await expectRefused(world, {
      error: 'EndpointMismatchError',
      at: 'SetSecret',
      saying: /neither those of the master secret \S+ nor listed for it in DB_ENDPOINTS/,
    });

    expect(listener.connections).toBe(0);
  });

  it('by naming a master secret of its own', async () => {
    const listener = await startTcpProxy();
    worlds.afterwards(() => listener.close());
    const world = await worlds.make({ secret: { port: listener.port } });
    const own = world.secrets.seed.secret({
      name: `own-${world.id}`,
      value: JSON.stringify({ username: 'm', password: 'm', host: listener.host, port: listener.port }),
    });
    await rewriteSecret(world, { masterarn: own });

    await expectRefused(world, {
      error: 'MasterMismatchError',
      at: 'CreateSecret',
      saying: /masterarn of the secret is not listed/,
    });
    expect(listener.connections).toBe(0);
  });

  it('by saying that its own login needs no TLS', async () => {
    const world = await worlds.make({ secret: { ssl: false } });
    await world.admin.run(`ALTER USER '${world.master.username}' REQUIRE SSL`);

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('by that, through somebody who takes TLS out of the way', async () => {
    const proxy = await startTcpProxy({ withoutTls: true });
    worlds.afterwards(() => proxy.close());
    const { host, port } = proxy;
    const world = await worlds.make({ secret: { host, port, ssl: false }, master: { host, port } });

    await expectRefused(world, {
      error: 'TlsNotSupportedError',
      at: 'SetSecret',
      saying: /logging in to 127\.0\.0\.1:\d+ as the master user: the server offers no TLS/,
    });
    expect(proxy.received()).toHaveLength(0);
  });
});
