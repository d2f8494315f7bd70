import { eachWorld } from '../support/each-world';
import { expectRefused } from '../support/refusal';
import { endSecretsManagerAfterAll, type World } from '../support/world';

endSecretsManagerAfterAll();
const worlds = eachWorld();

/** A world whose master may give everything but SYSTEM_USER, and two empty roles. */
async function makeWorld(): Promise<{ world: World; roles: readonly [string, string] }> {
  const world = await worlds.make();
  const roles = [`r_${world.id}_a`, `r_${world.id}_b`] as const;
  await world.admin.run(
    `GRANT ALL PRIVILEGES ON *.* TO '${world.master.username}' WITH GRANT OPTION`,
    `GRANT PROXY ON ''@'' TO '${world.master.username}' WITH GRANT OPTION`,
    `REVOKE SYSTEM_USER ON *.* FROM '${world.master.username}'`,
    `CREATE ROLE ${roles.join(', ')}`,
  );
  worlds.afterwards(() => world.admin.run(`DROP ROLE ${roles.join(', ')}`));
  return { world, roles };
}

describe('an administrator through a role is not mirrored', () => {
  it('and the message names the roles on the path', async () => {
    const { world, roles } = await makeWorld();
    await world.admin.run(
      `GRANT SUPER ON *.* TO ${roles[1]}`,
      `GRANT ${roles[1]} TO ${roles[0]}`,
      `GRANT ${roles[0]} TO '${world.users[0]}'`,
    );

    await expectRefused(world, {
      error: 'PrivilegedUserError',
      at: 'SetSecret',
      saying: new RegExp(
        `is an administrator \\(SUPER through the role \`${roles[0]}\`@\`%\`, the role \`${roles[1]}\`@\`%\`\\)`,
      ),
    });
  });

  it('when it is the standby', async () => {
    const { world, roles } = await makeWorld();
    await world.admin.run(
      `CREATE USER '${world.users[1]}' IDENTIFIED BY 'other'`,
      `GRANT CREATE USER ON *.* TO ${roles[0]}`,
      `GRANT ${roles[0]} TO '${world.users[1]}'`,
      `SET DEFAULT ROLE ALL TO '${world.users[1]}'`,
    );

    await expectRefused(world, {
      error: 'PrivilegedUserError',
      at: 'SetSecret',
      saying: new RegExp(`${world.users[1]} is an administrator \\(CREATE USER through the role`),
    });
  });

  it('unless the deployer lists it, and then its roles are', async () => {
    const { world, roles } = await makeWorld();
    await world.admin.run(
      `GRANT CREATE USER ON *.* TO ${roles[0]}`,
      `GRANT ${roles[0]} TO '${world.users[0]}'`,
      `SET DEFAULT ROLE ALL TO '${world.users[0]}'`,
    );
    world.setEnvironment({ ALLOW_PRIVILEGED_USERS: world.users.join() });

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('what the server demands of the content of a role is found before the standby is made', () => {
  it('for a role that holds SYSTEM_USER', async () => {
    const { world, roles } = await makeWorld();
    await world.admin.run(
      `GRANT SYSTEM_USER ON *.* TO ${roles[0]}`,
      `GRANT ${roles[0]} TO '${world.users[0]}'`,
    );
    world.setEnvironment({ ALLOW_PRIVILEGED_USERS: world.users.join() });

    await expectRefused(world, {
      error: 'GrantNotPossibleError',
      at: 'SetSecret',
      saying: new RegExp(
        `to grant ROLE \`${roles[0]}\`@\`%\` at % \\(remedy: GRANT SYSTEM_USER ON \\*\\.\\* TO \`${world.master.username}\``,
      ),
    });
  });

  it('for acting for an account that holds SYSTEM_USER', async () => {
    const { world } = await makeWorld();
    const other = `'p_${world.id}'@'%'`;
    await world.admin.run(
      `CREATE USER ${other} IDENTIFIED BY 'other'`,
      `GRANT SYSTEM_USER ON *.* TO ${other}`,
      `GRANT PROXY ON ${other} TO '${world.users[0]}'`,
    );
    worlds.afterwards(() => world.admin.run(`DROP USER ${other}`));
    world.setEnvironment({ ALLOW_PRIVILEGED_USERS: world.users.join() });

    await expectRefused(world, {
      error: 'GrantNotPossibleError',
      at: 'SetSecret',
      saying: /to grant PROXY ON `p_\S+ at % \(remedy: GRANT SYSTEM_USER/,
    });
  });

  it('for a role with SYSTEM_USER that the standby must lose', async () => {
    const { world, roles } = await makeWorld();
    await world.admin.run(
      `CREATE USER '${world.users[1]}' IDENTIFIED BY 'other'`,
      `GRANT SYSTEM_USER ON *.* TO ${roles[0]}`,
      `GRANT ${roles[0]} TO '${world.users[1]}'`,
      `GRANT ${roles[1]} TO '${world.users[0]}'`,
    );
    world.setEnvironment({ ALLOW_PRIVILEGED_USERS: world.users.join() });

    await expectRefused(world, {
      error: 'GrantNotPossibleError',
      at: 'SetSecret',
      saying: /to revoke ROLE `\S+ at % \(remedy: GRANT SYSTEM_USER/,
    });
  });

  it('for a standby that holds SYSTEM_USER itself, whatever it is granted', async () => {
    const { world } = await makeWorld();
    await world.admin.run(
      `CREATE USER '${world.users[1]}' IDENTIFIED BY 'other'`,
      ...world.users.map((user) => `GRANT SYSTEM_USER ON *.* TO '${user}'`),
    );
    world.setEnvironment({ ALLOW_PRIVILEGED_USERS: world.users.join() });

    await expectRefused(world, {
      error: 'GrantNotPossibleError',
      at: 'SetSecret',
      saying: /to grant SELECT ON `\S+ at % \(remedy: GRANT SYSTEM_USER/,
    });
  });

  it.each([
    ['is the standby', (_role: string, standby: string) => [standby, [] as string[]] as const],
    [
      'holds the standby',
      (role: string, standby: string) => [role, [`GRANT ${standby} TO ${role}`]] as const,
    ],
  ])('for a role that %s, which would be a loop', async (_how, held) => {
    const { world, roles } = await makeWorld();
    const [role, statements] = held(roles[0], `'${world.users[1]}'`);
    await world.admin.run(
      `CREATE USER '${world.users[1]}' IDENTIFIED BY 'other'`,
      ...statements,
      `GRANT ${role} TO '${world.users[0]}'`,
    );

    await expectRefused(world, {
      error: 'GrantNotPossibleError',
      at: 'SetSecret',
      saying: /to grant ROLE `\S+ at % \(remedy: take `\S+ away from `\S+: the role would lead back/,
    });
  });

  it('and a role that only leads to SYSTEM_USER is mirrored, since the server asks for no more', async () => {
    const { world, roles } = await makeWorld();
    await world.admin.run(
      `GRANT SYSTEM_USER ON *.* TO ${roles[1]}`,
      `GRANT ${roles[1]} TO ${roles[0]}`,
      `GRANT ${roles[0]} TO '${world.users[0]}'`,
    );
    world.setEnvironment({ ALLOW_PRIVILEGED_USERS: world.users.join() });

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
  });
});
