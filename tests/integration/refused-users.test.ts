import { eachWorld } from '../support/each-world';
import { expectRefused } from '../support/refusal';
import { endSecretsManagerAfterAll } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

describe('a user name that cannot alternate is refused', () => {
  it('when the standby would have more characters than the server allows', async () => {
    const world = await worlds.make({ naming: 'suffix', secret: { username: 'u'.repeat(30) } });

    await expectRefused(world, {
      error: 'UserNameTooLongError',
      at: 'CreateSecret',
      saying:
        /has 36 characters, mysql allows 32: set APP_USER_1 and APP_USER_2, or a shorter USERNAME_SUFFIX/,
    });
  });

  it('when the current user is outside the pair', async () => {
    const world = await worlds.make({ secret: { username: 'somebody' } });

    await expectRefused(world, {
      error: 'UserMismatchError',
      at: 'CreateSecret',
      saying: new RegExp(`neither APP_USER_1 \\(${world.users[0]}\\) nor APP_USER_2 \\(${world.users[1]}\\)`),
    });
  });

  it('when the name is nothing but the suffix', async () => {
    const world = await worlds.make({ naming: 'suffix', secret: { username: '_clone' } });

    await expectRefused(world, {
      error: 'UserMismatchError',
      at: 'CreateSecret',
      saying: /username of the secret is the suffix itself/,
    });
  });

  it('when the current user is the master', async () => {
    const world = await worlds.make();
    world.setEnvironment({ APP_USER_1: world.master.username });
    await world.putSecret({ ...(await world.secret()), ...world.master }, 'AWSCURRENT');

    await expectRefused(world, {
      error: 'MasterUserConflictError',
      at: 'SetSecret',
      saying: new RegExp(`${world.master.username} is the master itself`),
    });
  });

  it('when the standby user is the master', async () => {
    const world = await worlds.make();
    world.setEnvironment({ APP_USER_2: world.master.username });

    await expectRefused(world, {
      error: 'MasterUserConflictError',
      at: 'SetSecret',
      saying: new RegExp(`${world.master.username} is the master itself`),
    });
  });
});

describe('an administrator is not mirrored', () => {
  it.each([
    ['SUPER', 'SUPER'],
    ['CREATE USER', 'CREATE USER'],
    ['SYSTEM_USER', 'SYSTEM_USER'],
    ['USAGE', 'GRANT OPTION'],
  ])('who holds %s on everything (%s)', async (privilege, named) => {
    const world = await worlds.make();
    const option = named === 'GRANT OPTION' ? 'WITH GRANT OPTION' : '';
    await world.admin.run(`GRANT ${privilege} ON *.* TO '${world.users[0]}' ${option}`);

    await expectRefused(world, {
      error: 'PrivilegedUserError',
      at: 'SetSecret',
      saying: new RegExp(`is an administrator \\(${named}\\).*ALLOW_PRIVILEGED_USERS`),
    });
  });

  it('who has the role of an RDS administrator, which the master cannot give anyway', async () => {
    const world = await worlds.make();
    await world.admin.run(
      'CREATE ROLE rds_superuser_role',
      `GRANT rds_superuser_role TO '${world.users[0]}'`,
    );
    worlds.afterwards(() => world.admin.run('DROP ROLE rds_superuser_role'));

    await expectRefused(world, {
      error: 'PrivilegedUserError',
      at: 'SetSecret',
      saying: /is an administrator \(rds_superuser_role\)/,
    });

    world.setEnvironment({ ALLOW_PRIVILEGED_USERS: world.users.join() });
    await expectRefused(world, {
      error: 'GrantNotPossibleError',
      at: 'SetSecret',
      saying: /to grant ROLE `rds_superuser_role`@`%`/,
    });
  });

  it('as the standby', async () => {
    const world = await worlds.make();
    await world.admin.run(
      `CREATE USER '${world.users[1]}' IDENTIFIED BY 'other'`,
      `GRANT CREATE USER ON *.* TO '${world.users[1]}'`,
    );

    await expectRefused(world, {
      error: 'PrivilegedUserError',
      at: 'SetSecret',
      saying: new RegExp(`${world.users[1]} is an administrator \\(CREATE USER\\)`),
    });
  });

  it('as the standby, when it is an account of the server itself', async () => {
    const world = await worlds.make({ environment: { APP_USER_2: 'mysql.sys' } });

    await expectRefused(world, {
      error: 'PrivilegedUserError',
      at: 'SetSecret',
      saying: /mysql\.sys is an administrator .*a system account/,
      users: ['mysql.sys'],
    });
  });

  it('unless the deployer lists it', async () => {
    const world = await worlds.make();
    await world.admin.run(
      `GRANT CREATE USER ON *.* TO '${world.users[0]}'`,
      `GRANT CREATE USER ON *.* TO '${world.master.username}' WITH GRANT OPTION`,
    );
    world.setEnvironment({ ALLOW_PRIVILEGED_USERS: world.users.join() });

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.currentSecretWorks()).toBe(true);
    expect(await world.admin.rows(`SHOW GRANTS FOR '${world.users[1]}'`)).toContainEqual({
      [`Grants for ${world.users[1]}@%`]: `GRANT CREATE USER ON *.* TO \`${world.users[1]}\`@\`%\``,
    });
  });
});

describe('a current user that cannot be proved is refused', () => {
  it('when its password is another one', async () => {
    const world = await worlds.make({ secret: { password: 'not the password' } });

    await expectRefused(world, {
      error: 'CurrentCredentialRejectedError',
      at: 'SetSecret',
      saying: /the password of the AWSCURRENT version is not that of .*: put the right one into the secret/,
    });
  });

  it.each([
    ['ACCOUNT LOCK', 'locked'],
    ['PASSWORD EXPIRE', 'expired'],
  ])('after %s', async (option, what) => {
    const world = await worlds.make();
    await world.admin.run(`ALTER USER '${world.users[0]}' ${option}`);

    await expectRefused(world, {
      error: 'CurrentCredentialRejectedError',
      at: 'SetSecret',
      saying: new RegExp(`${world.users[0]}@% is ${what}`),
    });
  });

  it('when it does not exist, but its standby does', async () => {
    const world = await worlds.make({ currentUser: 'absent' });
    await world.admin.run(`CREATE USER '${world.users[1]}' IDENTIFIED BY 'other'`);

    await expectRefused(world, {
      error: 'CurrentUserMissingError',
      at: 'SetSecret',
      saying: new RegExp(`${world.users[0]} does not exist but ${world.users[1]} does`),
    });
  });
});

describe('a first user is not made', () => {
  it.each([
    ['the deployer did not name both users', 'suffix', {}, {}, /APP_USER_1 and APP_USER_2, or ALLOW_INITIAL/],
    ['it is switched off', 'suffix', {}, { ALLOW_INITIAL_SETUP: 'false' }, /allow an initial setup/],
    ['the secret has no dbname', 'pair', { dbname: undefined }, {}, /the secret has no dbname/],
    ['dbname is a schema of the server', 'pair', { dbname: 'mysql' }, {}, /dbname .* is a system schema/],
    ['dbname is one in other letters', 'pair', { dbname: 'MySQL' }, {}, /dbname .* is a system schema/],
    ['dbname is not listed', 'pair', {}, { ALLOW_INITIAL_SETUP: 'other, more' }, /not listed in ALLOW_INIT/],
  ] as const)('when %s', async (_reason, naming, secret, environment, saying) => {
    const world = await worlds.make({ currentUser: 'absent', naming, secret, environment });

    await expectRefused(world, { error: 'InitialSetupNotAllowedError', at: 'SetSecret', saying });
  });
});
