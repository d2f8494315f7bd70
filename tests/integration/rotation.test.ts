import { endSecretsManagerAfterAll, World } from '../support/world';

endSecretsManagerAfterAll();

describe('a rotation', () => {
  let world: World;
  afterEach(() => world.close());

  it('gives the standby user a new password and the same rights, and promotes it', async () => {
    world = await World.make();
    const before = await world.secret();

    const execution = await world.rotate();

    expect(execution).toMatchObject({ status: 'SUCCEEDED' });
    const after = await world.secret();
    expect(after).toEqual({ ...before, username: world.users[1], password: after.password });
    expect(after.password).not.toBe(before.password);
    expect(await world.currentSecretWorks()).toBe(true);
    const grants = await Promise.all(
      world.users.map((user) => world.admin.rows(`SHOW GRANTS FOR '${user}'`)),
    );
    const [first, second] = grants.map((rows, index) =>
      JSON.stringify(rows).replaceAll(world.users[index] ?? '', 'user'),
    );
    expect(second).toBe(first);
  });

  it('costs 12 calls to Secrets Manager and 2 connections in a steady state, and no GRANT', async () => {
    world = await World.make();
    await world.rotate();
    await world.rotate();

    const [execution, counts] = await world.rotateCounted();

    expect(execution).toMatchObject({
      status: 'SUCCEEDED',
      output: { setSecret: { granted: 0, revoked: 0 } },
    });
    expect(
      Object.values(counts.secretsManagerCalls).reduce((sum, calls) => sum + calls, 0),
    ).toBeLessThanOrEqual(12);
    expect(counts.database.connections).toBe(2);
  });
});
