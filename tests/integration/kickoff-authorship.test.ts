import { Logger } from '@aws-lambda-powertools/logger';
import { GetExecutionHistoryCommand } from '@aws-sdk/client-sfn';
import { CREDENTIALS } from '../../local/aws/cloud';
import type { Call } from '../../local/aws/secrets-manager/server';
import { testCloud } from '../support/cloud';

const test = testCloud();

interface Put {
  SecretString: string;
  VersionStages: string[];
  RotationToken: string;
}

describe('the pending version', () => {
  it('S1: is written once, by kickoff with its token, before there is an execution', async () => {
    const world = await test.makeWorld();
    const order: string[] = [];
    const puts: Call[] = [];
    world.intercept((call) => {
      if (call.operation !== 'PutSecretValue') return;
      order.push(call.operation);
      puts.push(call);
    });
    test.interceptWorkflow(({ operation }) => {
      if (operation === 'StartExecution') order.push(operation);
      return operation === 'DescribeExecution' ? test.cloud.stepFunctions.settled() : undefined;
    });

    const token = await test.rotate(world);

    expect(test.events.at(-1)).toMatchObject({ name: 'RotationSucceeded' });
    expect(order).toEqual(['PutSecretValue', 'StartExecution']);
    expect(puts[0]).toMatchObject({
      accessKeyId: CREDENTIALS.accessKeyId,
      request: {
        ClientRequestToken: token,
        VersionStages: ['AWSPENDING'],
        RotationToken: expect.stringMatching(/^[-\w]{36,256}$/) as string,
      },
    });
  });

  it('S1: fails the rotation when another identity wrote it, and nothing is promoted', async () => {
    const world = await test.makeWorld();
    const before = await world.snapshot();
    const token = test.announce(world);
    await world.putSecret({ ...(await world.secret()), username: world.users[1] }, 'AWSPENDING', token);

    await test.rotate(world, { token });

    expect(test.events.map(({ name }) => name)).toEqual(['RotationStarted', 'RotationFailed']);
    expect(test.events.at(-1)?.error).toMatch(/^Pending secret version \S+ .* was not created by Lambda/);
    expect(test.workflowCalls).toEqual([]);
    expect(await world.snapshot()).toEqual(before);
  });

  it('S2: shows neither its password nor the rotation token in input, history, result or logs', async () => {
    const world = await test.makeWorld();
    const puts: Put[] = [];
    world.intercept(({ operation, request }) => {
      if (operation === 'PutSecretValue') puts.push(request as Put);
    });
    test.askLate();
    const written = (['info', 'warn', 'error', 'appendKeys'] as const).map((method) =>
      jest.spyOn(Logger.prototype, method),
    );

    const token = await test.rotate(world);

    const logged = JSON.stringify(written.map(({ mock }) => mock.calls));
    for (const spy of written) spy.mockRestore();
    const [execution] = await test.executionsOf(token);
    const { events } = await test.workflow.send(
      new GetExecutionHistoryCommand({ executionArn: execution?.executionArn }),
    );
    expect(puts).toHaveLength(1);
    const { password } = await world.secret();
    const places = { execution: JSON.stringify(execution), history: JSON.stringify(events), logged };
    // The search itself: what may be seen is found in every place.
    for (const text of Object.values(places)) expect(text).toContain(token);
    for (const secret of [password, world.firstPassword, world.master.password, puts[0]?.RotationToken]) {
      for (const text of Object.values(places)) expect(text).not.toContain(secret);
    }
    expect(JSON.parse(execution?.input ?? '')).toEqual({
      secretId: world.secretArn,
      owner: 'secrets-manager',
      operation: 'rotate',
      versionId: token,
    });
  });
});
