import type { ExecutionStatusChange } from '../../../local/aws/step-functions/status-change';
import { clock, failure, steps, withEndpoint } from './endpoint';

test('F1: status events tell of every start, end and redrive, in the shape of EventBridge', async () => {
  const told: ExecutionStatusChange[] = [];
  const { now, passDays } = clock();
  const handlers = steps();
  handlers.setSecret.mockRejectedValueOnce(failure('PrivilegeParityError'));
  const options = {
    now,
    steps: handlers,
    onStatusChange: (change: ExecutionStatusChange) => told.push(change),
  };
  await withEndpoint(options, async ({ stateMachineArn, finished, redriven }) => {
    const executionArn = await finished('n', '{"secretId":"app"}');
    passDays(1);
    await redriven(executionArn);
    const start = Date.parse('2026-11-01T12:00:00Z');
    const end = start + 86_400_000;
    const same = { executionArn, stateMachineArn, name: 'n', startDate: start, input: '{"secretId":"app"}' };
    expect(told).toEqual([
      expect.objectContaining({
        ...same,
        status: 'RUNNING',
        stopDate: null,
        output: null,
        error: null,
        cause: null,
      }),
      expect.objectContaining({
        ...same,
        status: 'FAILED',
        stopDate: start,
        output: null,
        error: 'PrivilegeParityError',
        cause: '{"errorType":"PrivilegeParityError","errorMessage":"why PrivilegeParityError","trace":[]}',
        redriveStatus: 'REDRIVABLE',
      }),
      expect.objectContaining({
        ...same,
        status: 'RUNNING',
        stopDate: null,
        error: null,
        redriveCount: 1,
        redriveDate: end,
      }),
      expect.objectContaining({
        ...same,
        status: 'SUCCEEDED',
        stopDate: end,
        output: expect.stringContaining('"alreadyRotated":false') as string,
        outputDetails: { included: true },
        error: null,
        redriveStatus: 'NOT_REDRIVABLE',
      }),
    ]);
  });
});
