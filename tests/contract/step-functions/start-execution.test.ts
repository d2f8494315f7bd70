import { clock, gate, steps, withEndpoint } from './endpoint';

describe('StartExecution', () => {
  test('F2: the same name and input as a running execution return that execution', async () => {
    const { wait, open } = gate();
    const handlers = steps({ createSecret: wait });
    await withEndpoint({ steps: handlers }, async ({ api, stateMachineArn, server }) => {
      const request = { stateMachineArn, name: 'tuesday', input: '{"a":1}' };
      const first = await api.startExecution(request);
      const second = await api.startExecution(request);
      expect(first.executionArn).toBe('arn:aws:states:us-east-1:123456789012:execution:rotation:tuesday');
      expect(second.executionArn).toBe(first.executionArn);
      expect(second.startDate).toEqual(first.startDate);
      open();
      await server.settled();
      expect(handlers.createSecret).toHaveBeenCalledTimes(1);
    });
  });

  test.each([
    ['another value', '{"a":2}'],
    ['the same value in other bytes', '{"a": 1}'],
  ])('F2: the name of a running execution with %s is taken', async (_case, input) => {
    const { wait, open } = gate();
    await withEndpoint({ steps: steps({ createSecret: wait }) }, async ({ api, stateMachineArn }) => {
      const { executionArn = '' } = await api.startExecution({
        stateMachineArn,
        name: 'n',
        input: '{"a":1}',
      });
      await expect(api.startExecution({ stateMachineArn, name: 'n', input })).rejects.toMatchObject({
        name: 'ExecutionAlreadyExists',
        message: `Execution Already Exists: '${executionArn}'`,
        $metadata: { httpStatusCode: 400 },
      });
      open();
    });
  });

  test('F2: the name of a closed execution is taken, also with the same input, for 90 days', async () => {
    const { now, passDays } = clock();
    await withEndpoint({ now }, async ({ api, stateMachineArn, finished }) => {
      const executionArn = await finished('n', '{}');
      passDays(90);
      const again = { stateMachineArn, name: 'n', input: '{}' };
      await expect(api.startExecution(again)).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
      passDays(1);
      expect(await api.startExecution(again)).toMatchObject({ executionArn, startDate: now() });
    });
  });

  test('F2: without a name every start is an execution of its own', async () => {
    await withEndpoint({}, async ({ api, stateMachineArn }) => {
      const { executionArn: first = '' } = await api.startExecution({ stateMachineArn });
      const { executionArn: second } = await api.startExecution({ stateMachineArn });
      expect(first).toMatch(/:execution:rotation:[0-9a-f-]{36}$/);
      expect(second).not.toBe(first);
      expect((await api.describeExecution({ executionArn: first })).input).toBe('{}');
    });
  });

  test('F2: the definition sees the ARN that the caller sees, and the input', async () => {
    const handlers = steps();
    await withEndpoint(
      { steps: handlers, region: 'eu-west-1', accountId: '111122223333' },
      async (endpoint) => {
        const executionArn = await endpoint.finished('n', '{"secretId":"app"}');
        expect(executionArn).toBe('arn:aws:states:eu-west-1:111122223333:execution:rotation:n');
        expect(handlers.createSecret).toHaveBeenCalledWith({ input: { secretId: 'app' }, executionArn });
      },
    );
  });

  test.each([
    'two words',
    'a:b',
    'a/b',
    'a*',
    'a?',
    'a{',
    'a]',
    'a"',
    'a#',
    'a%',
    'a\\',
    'a~',
    'a\u0007',
    'a😀',
  ])('refuses the name %j', async (name) => {
    await withEndpoint({}, async ({ api, stateMachineArn }) => {
      await expect(api.startExecution({ stateMachineArn, name })).rejects.toMatchObject({
        name: 'InvalidName',
      });
    });
  });

  test('takes names of 1 to 80 characters, beyond ASCII too', async () => {
    await withEndpoint({}, async ({ api, stateMachineArn }) => {
      const refused = { name: 'ValidationException' };
      const start = (name: string) => api.startExecution({ stateMachineArn, name });
      await expect(start('')).rejects.toMatchObject(refused);
      await expect(start('x'.repeat(81))).rejects.toMatchObject(refused);
      await start('x'.repeat(80));
      await start('dienstag-früh_1.(2)+=@');
    });
  });

  test('refuses an input that is not JSON, and does not quote it', async () => {
    await withEndpoint({}, async ({ api, stateMachineArn }) => {
      await expect(api.startExecution({ stateMachineArn, input: '{"p":pa55word}' })).rejects.toMatchObject({
        name: 'InvalidExecutionInput',
        message: expect.not.stringContaining('pa55') as string,
      });
    });
  });

  test('takes an input of 262,144 bytes and no more', async () => {
    await withEndpoint({}, async ({ api, stateMachineArn }) => {
      const bytes = (count: number): string => `"ü${'x'.repeat(count - 4)}"`;
      await api.startExecution({ stateMachineArn, input: bytes(262_144) });
      await expect(api.startExecution({ stateMachineArn, input: bytes(262_145) })).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining("Value at 'input'") as string,
      });
    });
  });

  test('tells a state machine that is not there from an ARN that is none', async () => {
    await withEndpoint({}, async ({ api, stateMachineArn, finished }) => {
      const start = (arn: string) => api.startExecution({ stateMachineArn: arn });
      await expect(start(`${stateMachineArn}s`)).rejects.toMatchObject({
        name: 'StateMachineDoesNotExist',
        message: `State Machine Does Not Exist: '${stateMachineArn}s'`,
      });
      await expect(start('rotation')).rejects.toMatchObject({ name: 'InvalidArn' });
      await expect(start(await finished())).rejects.toMatchObject({ name: 'InvalidArn' });
    });
  });
});
