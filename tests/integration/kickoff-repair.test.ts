import { putMasterPassword, testCloud } from '../support/cloud';

const test = testCloud();

describe('a current password that was changed by hand', () => {
  it('is not rotated away from, unless the deployer allows a repair', async () => {
    const world = await test.makeWorld();
    await world.admin.run(`ALTER USER '${world.users[0]}' IDENTIFIED BY 'changed by hand'`);
    const before = await world.snapshot();
    test.askLate();

    const token = await test.rotate(world);

    expect(test.events.at(-1)).toMatchObject({ name: 'RotationFailed' });
    expect(await test.executionsOf(token)).toMatchObject([
      { status: 'FAILED', error: 'CurrentCredentialRejectedError' },
    ]);
    expect(await world.snapshot()).toEqual(before);
    expect(await world.currentSecretWorks()).toBe(false);

    world.setEnvironment({ ALLOW_REPAIR: world.secretArn });
    await test.rotate(world, { token });

    expect(test.events.at(-1)).toMatchObject({ name: 'RotationSucceeded' });
    const [execution, ...others] = await test.executionsOf(token);
    expect(others).toEqual([]);
    expect(execution).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
    expect(JSON.parse(execution?.output ?? '')).toMatchObject({ setSecret: { repaired: true } });
    expect(await world.currentSecretWorks()).toBe(true);

    await test.rotate(world);

    expect(test.events.at(-1)).toMatchObject({ name: 'RotationSucceeded' });
    expect(await world.secret()).toMatchObject({ username: world.users[0] });
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('is refused as before when the master is at fault, whatever is allowed', async () => {
    const world = await test.makeWorld();
    world.setEnvironment({ ALLOW_REPAIR: world.secretArn });
    await putMasterPassword(world, 'wrong');
    test.askLate();

    const token = await test.rotate(world);

    expect(await test.executionsOf(token)).toMatchObject([
      { status: 'FAILED', error: 'MasterCredentialRejectedError' },
    ]);
    expect(await world.currentSecretWorks()).toBe(true);
  });
});
