import { CancelRotateSecretCommand, RotateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { KICKOFF_ARN, MACHINE_ARN } from '../../local/aws/cloud';
import { testCloud } from '../support/cloud';
import { thrownBy } from '../support/leak-marker';
import type { World } from '../support/world';

const test = testCloud();
const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

async function cancel(world: World): Promise<void> {
  await world.client.send(new CancelRotateSecretCommand({ SecretId: world.secretArn }));
}

/** Begins a rotation that Secrets Manager drives, and does not wait for it. */
async function beginRotation(world: World): Promise<string> {
  const { VersionId } = await world.client.send(
    new RotateSecretCommand({ SecretId: world.secretArn, RotationLambdaARN: KICKOFF_ARN }),
  );
  return VersionId ?? '';
}

describe('a rotation that is cancelled in the middle', () => {
  it('changes nothing any more when SetSecret has not begun', async () => {
    const world = await test.makeWorld();
    const before = await world.snapshot();
    test.askLate();
    const gate = test.holdSetSecret(world);
    const token = await beginRotation(world);
    await gate.reached;

    await cancel(world);
    gate.open();
    await test.cloud.settled();

    expect(await test.executionsOf(token)).toMatchObject([
      { status: 'FAILED', error: 'RotationSupersededError' },
    ]);
    expect(await world.snapshot()).toEqual(before);
    expect(await world.currentSecretWorks()).toBe(true);
  });

  it('is not promoted when the pending login is proved already', async () => {
    const world = await test.makeWorld();
    const { AWSCURRENT } = await world.labels();
    test.askLate();
    let pendingReads = 0;
    let isSet = false;
    world.intercept(async ({ operation, request }) => {
      const { SecretId, VersionStage } = request as { SecretId: string; VersionStage?: string };
      isSet ||= operation === 'GetSecretValue' && SecretId === world.masterArn;
      if (!isSet || operation !== 'GetSecretValue' || VersionStage !== 'AWSPENDING') return;
      // SetSecret reads it first, TestSecret second.
      pendingReads += SecretId === world.secretArn ? 1 : 0;
      if (pendingReads === 2) await cancel(world);
    });

    const token = await test.rotate(world);

    const [execution] = await test.executionsOf(token);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'RotationSupersededError' });
    expect(execution?.cause).toContain('the rotation was cancelled');
    expect(await world.labels()).toMatchObject({ AWSCURRENT });
    expect(await world.currentSecretWorks()).toBe(true);
  });
});

describe('a call that nobody should have made', () => {
  it.each(STEPS)('%s is refused when rotation is not enabled', async (step) => {
    const world = await test.makeWorld();
    const token = test.announce(world);
    await cancel(world);
    const labels = await world.labels();

    const error = await thrownBy(() => test.kickoff(world, token, step));

    expect(error.name).toBe('RotationOwnershipError');
    expect(error.message).toContain(`rotation of ${world.secretArn} is not enabled`);
    expect(await world.labels()).toEqual(labels);
    expect(test.workflowCalls).toEqual([]);
  });

  it.each(STEPS)('S6: %s is refused when its token is neither pending nor current', async (step) => {
    const world = await test.makeWorld();
    const old = String((await world.labels())['AWSCURRENT']);
    test.announce(world);
    await world.putSecret(await world.secret(), 'AWSCURRENT');
    await world.putSecret(await world.secret(), 'AWSCURRENT');
    const labels = await world.labels();

    for (const token of [old, '00000000-0000-4000-8000-000000000000']) {
      const error = await thrownBy(() => test.kickoff(world, token, step));
      expect(error.name).toBe('RotationSupersededError');
      expect(error.message).toContain(token);
    }

    expect(await world.labels()).toEqual(labels);
    expect(test.workflowCalls).toEqual([]);
  });
});

describe('a second entry to a rotation', () => {
  it('is refused to a schedule on a secret that Secrets Manager rotates', async () => {
    const world = await test.makeWorld();
    test.askLate();
    await test.rotate(world);
    const before = await world.snapshot();
    const labels = await world.labels();
    const input = JSON.stringify({ secretId: world.secretArn, owner: 'schedule' });
    const name = `schedule-${world.id}`;

    await test.workflow.send(new StartExecutionCommand({ stateMachineArn: MACHINE_ARN, name, input }));
    await test.cloud.settled();

    expect(await test.executionsOf(name)).toMatchObject([
      { status: 'FAILED', error: 'RotationOwnershipError' },
    ]);
    expect(await world.labels()).toEqual(labels);
    expect(await world.snapshot()).toEqual(before);
  });

  it('S6: by RotateSecret is refused while the first runs, which goes on undisturbed', async () => {
    const world = await test.makeWorld();
    test.askLate();
    const gate = test.holdSetSecret(world);
    const token = await beginRotation(world);
    await gate.reached;

    const error = await thrownBy(() => beginRotation(world));
    gate.open();
    await test.cloud.settled();

    expect(error).toMatchObject({ name: 'InvalidRequestException' });
    expect(error.message).toMatch(/^A previous rotation isn't complete/);
    expect(test.events.map(({ name }) => name)).toEqual(['RotationStarted', 'RotationSucceeded']);
    expect(await test.executionsOf(token)).toMatchObject([{ status: 'SUCCEEDED', redriveCount: 0 }]);
    expect(await world.labels()).toMatchObject({ AWSCURRENT: token });
  });

  it('by hand, for the version that is rotated in already, ends well beside the first', async () => {
    const world = await test.makeWorld();
    const { AWSCURRENT: old } = await world.labels();
    test.askLate();
    const gate = test.holdSetSecret(world);
    const token = await beginRotation(world);
    await gate.reached;
    const versionId = token;
    const input = JSON.stringify({ secretId: world.secretArn, owner: 'secrets-manager', versionId });
    const name = `by-hand-${token}`;

    await test.workflow.send(new StartExecutionCommand({ stateMachineArn: MACHINE_ARN, name, input }));
    gate.open();
    await test.cloud.settled();

    expect(test.events.map(({ name: event }) => event)).toEqual(['RotationStarted', 'RotationSucceeded']);
    expect(await test.executionsOf(token)).toMatchObject([{ status: 'SUCCEEDED' }, { status: 'SUCCEEDED' }]);
    // A second promotion would have left AWSPREVIOUS somewhere else.
    expect(await world.labels()).toEqual({ AWSCURRENT: token, AWSPREVIOUS: old });
    expect(await world.currentSecretWorks()).toBe(true);
  });
});
