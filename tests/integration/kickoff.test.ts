import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { testCloud } from '../support/cloud';

const test = testCloud();

describe('a rotation that Secrets Manager starts', () => {
  it('S6: is done by the state machine, and certified when it has happened', async () => {
    const world = await test.makeWorld();
    const before = await world.labels();

    const token = await test.rotate(world);

    expect(test.events.map(({ name }) => name)).toEqual(['RotationStarted', 'RotationSucceeded']);
    const secret = await world.client.send(new DescribeSecretCommand({ SecretId: world.secretArn }));
    expect(secret.VersionIdsToStages).toEqual({
      [token]: ['AWSCURRENT'],
      [String(before['AWSCURRENT'])]: ['AWSPREVIOUS'],
    });
    expect(secret.LastRotatedDate).toBeInstanceOf(Date);
    expect(secret.NextRotationDate?.getTime()).toBeGreaterThan(Date.now());
    expect(await world.secret()).toMatchObject({ username: world.users[1] });
    expect(await world.currentSecretWorks()).toBe(true);
    const [execution, ...others] = await test.executionsOf(token);
    expect(others).toEqual([]);
    expect(execution).toMatchObject({ status: 'SUCCEEDED', redriveCount: 0 });
  });

  it('alternates between the two users, rotation after rotation', async () => {
    const world = await test.makeWorld();
    const users: string[] = [];
    test.askLate();

    for (let rotation = 0; rotation < 3; rotation += 1) {
      await test.rotate(world);
      users.push((await world.secret()).username);
      expect(await world.currentSecretWorks()).toBe(true);
    }

    const [first, second] = world.users;
    expect(users).toEqual([second, first, second]);
    const succeeded = test.events.filter(({ name }) => name === 'RotationSucceeded');
    expect(succeeded).toHaveLength(3);
    expect(await world.labels()).not.toHaveProperty('AWSPENDING');
  });

  it('S3: is done just the same when the steps are spelled with underscores', async () => {
    const world = await test.makeWorld();
    const token = test.announce(world);
    test.askLate();

    for (const step of ['create_secret', 'set_secret', 'test_secret', 'finish_secret']) {
      expect(await test.kickoff(world, token, step)).toBeNull();
    }

    expect(await world.labels()).toMatchObject({ AWSCURRENT: token });
    expect(await world.currentSecretWorks()).toBe(true);
    expect(await test.executionsOf(token)).toHaveLength(1);
  });

  it('S6: answers success at once, without a call to Step Functions, when the version is current already', async () => {
    const world = await test.makeWorld();
    test.askLate();
    const token = await test.rotate(world);
    const asked = test.workflowCalls.length;

    for (const step of ['createSecret', 'setSecret', 'testSecret', 'finishSecret']) {
      expect(await test.kickoff(world, token, step)).toBeNull();
    }

    expect(test.workflowCalls).toHaveLength(asked);
  });
});
