import { randomUUID } from 'node:crypto';
import { flavourOf } from '../../lib/databases/mysql/accounts/flavour';
import { lockPair } from '../../lib/databases/mysql/connection/pair-lock';
import { withSession } from '../../lib/databases/mysql/connection/session';
import { logsIn, server } from '../support/database';
import { eachWorld } from '../support/each-world';
import { expectFault } from '../support/preflight';
import { startTcpProxy } from '../support/tcp-proxy';
import { endSecretsManagerAfterAll } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

describe('a preflight finds a secret that cannot be rotated', () => {
  it('because it does not exist', async () => {
    const world = await worlds.make();
    await expectFault(world, {
      layer: 'secret-schema',
      error: 'SecretNotFoundError',
      saying: /no such secret; check its ARN, account and Region/,
      input: { secretId: `${world.secretArn}-other` },
    });
  });

  it.each([
    [
      'has no password',
      { password: undefined },
      'SecretFormatError',
      /AWSCURRENT of arn:.*password: expected/,
    ],
    ['is for another engine', { engine: 'oracle' }, 'UnsupportedEngineError', /expected one of mysql/],
    [
      'names a foreign user',
      { username: 'other' },
      'UserMismatchError',
      /neither APP_USER_1 .* nor APP_USER_2/,
    ],
    ['points elsewhere', { host: 'db.example' }, 'EndpointMismatchError', /let the deployer list host:port/],
  ])('because it %s', async (_what, secret, error, saying) => {
    const world = await worlds.make({ secret });
    await expectFault(world, { layer: 'secret-schema', error, saying });
  });

  it('because a schedule must not write it', async () => {
    const world = await worlds.make();
    world.secrets.seed.facts(world.secretArn, { rotation: { enabled: true } });
    await expectFault(world, {
      layer: 'secret-schema',
      error: 'RotationOwnershipError',
      saying: /rotation enabled in Secrets Manager.*start it with rotate-secret/,
    });
  });

  it.each([
    ['names the current user', (current: object) => JSON.stringify(current), 'PendingVersionMismatchError'],
    ['has no value', () => undefined, 'PendingVersionEmptyError'],
  ])('because the pending version %s', async (_what, valueFrom, error) => {
    const world = await worlds.make();
    const value = valueFrom(await world.secret());
    world.secrets.seed.version(world.secretArn, {
      versionId: randomUUID(),
      ...(value === undefined ? {} : { value }),
      stages: ['AWSPENDING'],
    });
    await expectFault(world, { layer: 'secret-schema', error, saying: /--remove-from-version-id/ });
  });
});

describe('a preflight finds users that cannot be rotated', () => {
  it('when the master password is wrong, with one login that fails', async () => {
    const proxy = await startTcpProxy();
    worlds.afterwards(() => proxy.close());
    const { host, port } = proxy;
    const world = await worlds.make({ secret: { host, port }, master: { host, port, password: 'wrong' } });

    await expectFault(world, {
      layer: 'master-login',
      error: 'MasterCredentialRejectedError',
      saying: /no version of the master secret arn:\S+ logs in .*concurrent master rotation, or its password/,
    });
    expect(proxy.connections).toBe(1);
  });

  it('when the master is locked', async () => {
    const world = await worlds.make();
    await world.admin.run(`ALTER USER '${world.master.username}' ACCOUNT LOCK`);
    await expectFault(world, {
      layer: 'master-login',
      error: 'MasterAccountLockedError',
      saying: /the account is locked or expired: mend it/,
    });
  });

  it('when a rotation of the same pair is at work', async () => {
    const world = await worlds.make();
    const [current, standby] = world.users;
    const admin = { ...server.admin, tls: server.ssl ? 'verified' : 'off' } as const;
    await withSession(server, admin, 'master', server.caBundlePath, async (session) => {
      await lockPair(session, { current, standby }, flavourOf({ product: 'MySQL' }));
      await expectFault(world, {
        layer: 'master-login',
        error: 'DatabaseBusyError',
        saying: /session \d+ holds the lock on .*SHOW PROCESSLIST and can end it with KILL \d+/,
      });
    });
  });

  it("when the current user's password is another one, without a login that could lock it", async () => {
    const world = await worlds.make();
    const [username] = world.users;
    await world.admin.run(
      `ALTER USER '${username}' IDENTIFIED BY 'other' FAILED_LOGIN_ATTEMPTS 1 PASSWORD_LOCK_TIME UNBOUNDED`,
    );
    await expectFault(world, {
      layer: 'current-login',
      error: 'CurrentCredentialRejectedError',
      saying: /is not that of app_\S+: put the right one into the secret/,
    });
    expect(await logsIn({ username, password: 'other' })).toBe(true);
  });

  it('when the current user is locked', async () => {
    const world = await worlds.make();
    await world.admin.run(`ALTER USER '${world.users[0]}' ACCOUNT LOCK`);
    await expectFault(world, {
      layer: 'current-login',
      error: 'CurrentCredentialRejectedError',
      saying: /is locked: an account that cannot log in is not mirrored/,
    });
  });

  it('when neither exists and none may be made', async () => {
    const world = await worlds.make({ currentUser: 'absent', naming: 'suffix' });
    await expectFault(world, {
      layer: 'current-login',
      error: 'InitialSetupNotAllowedError',
      saying: /create app_\S+, or let the deployer allow an initial setup/,
    });
  });

  it('when the master may not read accounts', async () => {
    const world = await worlds.make();
    await world.admin.run(`REVOKE SELECT ON mysql.* FROM '${world.master.username}'`);
    await expectFault(world, {
      layer: 'master-rights',
      error: 'MasterPrivilegeError',
      saying: /the master has no right/,
    });
  });

  it('when the master cannot give a right', async () => {
    const world = await worlds.make();
    await world.admin.run(`GRANT SELECT ON elsewhere.* TO '${world.users[0]}'`);
    await expectFault(world, {
      layer: 'master-rights',
      error: 'GrantNotPossibleError',
      saying: /to grant SELECT ON `elsewhere`\.\* at % \(remedy: GRANT SELECT ON `elsewhere`\.\* TO/,
    });
  });
});
