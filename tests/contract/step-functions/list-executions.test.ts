import { failure, gate, steps, withEndpoint } from './endpoint';

describe('ListExecutions', () => {
  test('F2: lists the most recent first, and filters by status', async () => {
    const { wait, open } = gate();
    const handlers = steps();
    handlers.setSecret.mockRejectedValueOnce(failure('PrivilegeParityError'));
    await withEndpoint({ steps: handlers }, async ({ api, stateMachineArn, finished, redriven }) => {
      const failed = await finished('failed');
      await finished('done');
      handlers.createSecret.mockImplementationOnce(wait);
      await api.startExecution({ stateMachineArn, name: 'running' });
      const list = async (filter: object = {}) => {
        const { executions = [] } = await api.listExecutions({ stateMachineArn, ...filter });
        return executions.map(({ name }) => name);
      };
      expect(await list()).toEqual(['running', 'done', 'failed']);
      expect(await list({ statusFilter: 'FAILED' })).toEqual(['failed']);
      expect(await list({ statusFilter: 'RUNNING' })).toEqual(['running']);
      expect(await list({ statusFilter: 'SUCCEEDED' })).toEqual(['done']);
      expect(await list({ statusFilter: 'ABORTED' })).toEqual([]);
      await expect(list({ statusFilter: 'PENDING_REDRIVE' })).rejects.toMatchObject({
        name: 'ValidationException',
      });
      open();
      await redriven(failed);
      expect(await list({ redriveFilter: 'REDRIVEN' })).toEqual(['failed']);
    });
  });

  test('F2: tells of each execution what DescribeExecution tells, without its data', async () => {
    await withEndpoint({}, async ({ api, stateMachineArn, finished }) => {
      const executionArn = await finished('n');
      const { startDate, stopDate } = await api.describeExecution({ executionArn });
      const { executions } = await api.listExecutions({ stateMachineArn });
      expect(executions).toEqual([
        {
          executionArn,
          stateMachineArn,
          name: 'n',
          status: 'SUCCEEDED',
          startDate,
          stopDate,
          redriveCount: 0,
        },
      ]);
    });
  });

  test('F2: pages neither skip nor repeat when executions start meanwhile', async () => {
    await withEndpoint({}, async ({ api, stateMachineArn, finished }) => {
      for (const name of ['one', 'two', 'three', 'four']) await finished(name);
      const page = (nextToken?: string) => api.listExecutions({ stateMachineArn, maxResults: 2, nextToken });
      const first = await page();
      await finished('five');
      const second = await page(first.nextToken);
      const names = [first, second].map(({ executions = [] }) => executions.map(({ name }) => name));
      expect(names).toEqual([
        ['four', 'three'],
        ['two', 'one'],
      ]);
      expect(second.nextToken).toBeUndefined();
      await expect(page('nonsense')).rejects.toMatchObject({ name: 'InvalidToken' });
    });
  });

  test('lists the executions of one state machine', async () => {
    await withEndpoint({}, async ({ api, stateMachineArn, finished }) => {
      await finished();
      const { definition = '', roleArn = '' } = await api.describeStateMachine({ stateMachineArn });
      const other = await api.createStateMachine({ name: 'other', definition, roleArn });
      expect((await api.listExecutions({ stateMachineArn: other.stateMachineArn })).executions).toEqual([]);
      await expect(api.listExecutions({ stateMachineArn: `${stateMachineArn}x` })).rejects.toMatchObject({
        name: 'StateMachineDoesNotExist',
      });
    });
  });
});
