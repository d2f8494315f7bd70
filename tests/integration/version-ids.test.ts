import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { RotateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { KICKOFF_ARN, MACHINE_ARN } from '../../local/aws/cloud';
import { testCloud } from '../support/cloud';

const test = testCloud();

/** 32 to 64 characters; AWS does not say of which kind (rule S10 of docs/contract.md). */
const IDS: [what: string, versionId: string][] = [
  ['dots', 'terraform.2026.03.01.12.00.00.0001'],
  ['colons and slashes', 'deploy:2026-03-01T12:00:00Z/prod/1'],
  ['Base64', '3q2+7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='],
  ['blanks and quotes', `it's "the owner" of version number 7`],
  ['a command of a shell', '$(touch /tmp/x); `id` & rm -rf {a,b}?*'],
  ['letters of several scripts', 'Fassung-für-Größe-версия-版本-0000000001'],
  ['64 characters, none of which a name may hold', '/'.repeat(64)],
];

async function executionNames(): Promise<string[]> {
  const { executions = [] } = await test.workflow.send(
    new ListExecutionsCommand({ stateMachineArn: MACHINE_ARN }),
  );
  return executions.map(({ name }) => name ?? '');
}

describe('a version id of characters that Secrets Manager takes', () => {
  it.each(IDS)('with %s is rotated in by a schedule, and out again by the next', async (_what, versionId) => {
    const world = await test.makeWorld();

    const input = { secretId: world.secretArn, owner: 'schedule', versionId };
    expect(await world.rotate({ input })).toMatchObject({ status: 'SUCCEEDED', output: { versionId } });
    expect(await world.labels()).toMatchObject({ AWSCURRENT: versionId });

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it.each(IDS)('with %s is rotated in by Secrets Manager, in one execution', async (_what, token) => {
    const world = await test.makeWorld();
    test.askLate();
    const before = await executionNames();

    await world.client.send(
      new RotateSecretCommand({
        SecretId: world.secretArn,
        RotationLambdaARN: KICKOFF_ARN,
        RotationRules: { AutomaticallyAfterDays: 30 },
        ClientRequestToken: token,
      }),
    );
    await test.cloud.settled();

    expect(test.events.map(({ name }) => name)).toEqual(['RotationStarted', 'RotationSucceeded']);
    expect(await world.labels()).toMatchObject({ AWSCURRENT: token });
    expect(await world.currentSecretWorks()).toBe(true);
    const added = (await executionNames()).filter((name) => !before.includes(name));
    expect(added).toEqual([expect.stringMatching(/^[0-9A-Za-z_-]{1,80}$/)]);
    expect(await test.kickoff(world, token, 'createSecret')).toBeNull();
  });

  it.each(IDS)('with %s that an owner left pending is finished under it', async (_what, versionId) => {
    const world = await test.makeWorld();
    const pending = { ...(await world.secret()), username: world.users[1], password: 'Left-pending-1234' };
    await world.putSecret(pending, 'AWSPENDING', versionId);

    expect(await world.rotate()).toMatchObject({ status: 'SUCCEEDED', output: { versionId } });
    expect(await world.currentSecretWorks()).toBe(true);
  });
});
