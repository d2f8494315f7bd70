import { randomUUID } from 'node:crypto';
import {
  CreateStateMachineCommand,
  DescribeStateMachineCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { MACHINE_ARN } from '../../local/aws/cloud';
import { execute } from '../support/redrive';
import { RUNBOOK_URL, testReporting } from '../support/reporting';
import type { World } from '../support/world';

const test = testReporting();

/** Starts an execution without waiting for its end. */
async function begin(input: object, stateMachineArn = MACHINE_ARN): Promise<string> {
  const { executionArn = '' } = await test.workflow.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  return executionArn;
}

const scheduled = ({ secretArn }: World) => ({ secretId: secretArn, owner: 'schedule' });

interface Definition {
  TimeoutSeconds: number;
  States: Record<string, { Resource?: string }>;
}

/** A second machine, which differs from the rotation's in what `change` says. */
async function machineWith(change: (definition: Definition) => void): Promise<string> {
  const { definition: text = '', roleArn } = await test.workflow.send(
    new DescribeStateMachineCommand({ stateMachineArn: MACHINE_ARN }),
  );
  const definition = JSON.parse(text) as Definition;
  change(definition);
  const { stateMachineArn = '' } = await test.workflow.send(
    new CreateStateMachineCommand({
      name: `changed-${randomUUID()}`,
      roleArn,
      definition: JSON.stringify(definition),
    }),
  );
  return stateMachineArn;
}

describe('a rotation that a person stops', () => {
  it('is told as stopped, without the reason that was given, which may hold anything', async () => {
    const world = await test.makeWorld();
    const gate = test.holdSetSecret(world);
    const executionArn = await begin(scheduled(world));
    await gate.reached;
    await test.workflow.send(
      new StopExecutionCommand({ executionArn, error: 'MyOwnWords', cause: 'the password is hunter2' }),
    );
    gate.open();
    await test.cloud.settled();

    const { metrics, messages } = await test.reportOutcome(test.endOf(executionArn));

    expect(metrics).toMatchObject([{ RotationSucceeded: 0, RotationFailed: 1 }]);
    const [notice] = messages;
    expect(notice?.subject).toBe(`ABORTED: rotation of app-${world.id}`);
    expect(notice?.attributes).toEqual({
      status: 'ABORTED',
      state: 'SetSecret',
      secret: world.secretArn,
      execution: executionArn,
    });
    expect(notice?.message).toContain('was stopped by a person or a program.');
    expect(notice?.message).toContain('What to do: Nothing, if it was meant to be stopped.');
    expect(notice?.message).toContain(`Runbook: ${RUNBOOK_URL}\n`);
    expect(JSON.stringify(notice)).not.toMatch(/MyOwnWords|hunter2/);
  });
});

describe('a rotation that takes longer than its machine allows', () => {
  it('is told as timed out, in the state where it was', async () => {
    const world = await test.makeWorld();
    const gate = test.holdSetSecret(world);
    const stateMachineArn = await machineWith((definition) => {
      definition.TimeoutSeconds = 1;
    });
    const executionArn = await begin(scheduled(world), stateMachineArn);
    await gate.reached;
    const end = await test.ended(executionArn);
    gate.open();
    await test.cloud.settled();

    const { metrics, messages } = await test.reportOutcome(end);

    expect(metrics).toMatchObject([{ machine: stateMachineArn.split(':').at(-1), RotationFailed: 1 }]);

    expect(messages[0]?.subject).toBe(`TIMED_OUT: rotation of app-${world.id}`);
    expect(messages[0]?.attributes).toMatchObject({
      status: 'TIMED_OUT',
      error: 'States.Timeout',
      state: 'SetSecret',
    });
  });
});

describe('an error that the platform gives', () => {
  it('is explained by its name, and what the platform said with it is left out', async () => {
    const world = await test.makeWorld();
    const missing = 'arn:aws:lambda:us-east-1:123456789012:function:hunter2';
    const stateMachineArn = await machineWith(({ States }) => {
      Object.assign(States['SetSecret'] ?? {}, { Resource: missing });
    });
    const executionArn = await begin(scheduled(world), stateMachineArn);
    await test.cloud.settled();

    const { messages } = await test.reportOutcome(test.endOf(executionArn));

    expect(messages[0]?.attributes).toMatchObject({ error: 'Lambda.ResourceNotFoundException' });
    expect(messages[0]?.message).toContain('The Lambda that the state names does not exist.');
    expect(messages[0]?.message).toContain(`Runbook: ${RUNBOOK_URL}#lambdaresourcenotfoundexception`);
    expect(JSON.stringify(messages)).not.toContain('hunter2');
  });
});

describe('an execution that is no rotation, or no sensible one', () => {
  it('a preflight that fails is told and not counted', async () => {
    const world = await test.makeWorld({ secret: { engine: 'oracle' } });
    const { executionArn } = await execute(test, world, { operation: 'preflight' });

    const { answer, metrics, messages } = await test.reportOutcome(test.endOf(executionArn));

    expect(answer).toMatchObject({ measured: false, notice: 'sent' });
    expect(metrics).toEqual([]);
    expect(messages[0]?.subject).toBe(`FAILED: preflight of app-${world.id}: UnsupportedEngineError`);
    expect(messages[0]?.message).toContain('preflight, layer secret-schema: ');
    expect(messages[0]?.message).toContain('Nothing was changed: a preflight only looks.');
  });

  it('a preflight that passes is neither', async () => {
    const world = await test.makeWorld();
    const { executionArn } = await execute(test, world, { operation: 'preflight' });

    const { answer, output, messages } = await test.reportOutcome(test.endOf(executionArn));

    expect(answer).toEqual({ executionArn, measured: false, notice: 'not needed' });
    expect([output, messages]).toEqual(['', []]);
  });

  it('one whose input names no secret is counted for the machine alone', async () => {
    await test.makeWorld();
    const executionArn = await begin({ secretId: 'hunter2\nis the password', owner: 'nobody' });
    await test.cloud.settled();

    const { metrics, messages } = await test.reportOutcome(test.endOf(executionArn));

    expect(metrics).toMatchObject([{ machine: 'stepwise-rotation', RotationFailed: 1 }]);
    expect(metrics[0]).not.toHaveProperty('secret');
    expect(metrics[0]?._aws.CloudWatchMetrics[0]?.Dimensions).toEqual([['machine']]);
    expect(messages[0]?.subject).toBe('FAILED: rotation of unknown secret: InvalidInputError');
    expect(messages[0]?.attributes).not.toHaveProperty('secret');
    expect(JSON.stringify(messages)).not.toContain('hunter2');
  });
});
