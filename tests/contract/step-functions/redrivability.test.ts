import { whyNotRedrivable } from '../../../local/aws/step-functions/redrivability';
import { clock, type Endpoint, failWith, gate, historyOf, steps, withEndpoint } from './endpoint';

/** Both operations must say the same of one execution. */
async function expectNotRedrivable({ api }: Endpoint, executionArn: string, reason: string): Promise<void> {
  const { redriveCount } = await api.describeExecution({ executionArn });
  await expect(api.redriveExecution({ executionArn })).rejects.toMatchObject({
    name: 'ExecutionNotRedrivable',
    message: reason,
    $metadata: { httpStatusCode: 400 },
  });
  expect(await api.describeExecution({ executionArn })).toMatchObject({
    redriveStatus: 'NOT_REDRIVABLE',
    redriveStatusReason: reason,
    redriveCount,
  });
}

describe('An execution cannot be redriven', () => {
  test('F1: while it runs', async () => {
    const { wait, open } = gate();
    await withEndpoint({ steps: steps({ createSecret: wait }) }, async (endpoint) => {
      const { executionArn = '' } = await endpoint.api.startExecution(endpoint);
      await expectNotRedrivable(endpoint, executionArn, 'Execution is RUNNING and cannot be redriven');
      open();
    });
  });

  test('F1: once it has succeeded', async () => {
    await withEndpoint({}, async (endpoint) => {
      const executionArn = await endpoint.finished();
      await expectNotRedrivable(endpoint, executionArn, 'Execution is SUCCEEDED and cannot be redriven');
    });
  });

  test('F1: later than 14 days after its last end', async () => {
    const { now, passDays } = clock();
    const handlers = steps({ setSecret: failWith('PrivilegeParityError') });
    await withEndpoint({ now, steps: handlers }, async (endpoint) => {
      const executionArn = await endpoint.finished();
      passDays(14);
      await endpoint.redriven(executionArn); // it fails again, and that starts the period anew
      passDays(14);
      expect(await endpoint.api.describeExecution({ executionArn })).toMatchObject({
        status: 'FAILED',
        redriveStatus: 'REDRIVABLE',
      });
      passDays(0.001);
      await expectNotRedrivable(endpoint, executionArn, 'Execution redrivable period exceeded');
    });
  });

  test.each([
    [
      'when its history has 24,999 events',
      { events: 24_999, days: 1 },
      'Execution history event limit exceeded',
    ],
    ['a year after its start', { events: 30, days: 365.1 }, 'Execution has exceeded the max execution time'],
    ['otherwise it can', { events: 24_998, days: 365 }, undefined],
  ])('F1: %s', (_case, { events, days }, reason) => {
    const { now, passDays } = clock();
    const startDate = now();
    passDays(days);
    const failed = {
      status: 'FAILED',
      startDate,
      stopDate: now(),
      history: { events: { length: events } },
    } as const;
    expect(whyNotRedrivable(failed, now())).toBe(reason);
  });

  test('F1: when it is not there', async () => {
    await withEndpoint({}, async ({ api, finished }) => {
      const executionArn = `${await finished('n')}x`;
      const message = `Execution Does Not Exist: '${executionArn}'`;
      const unknown = { name: 'ExecutionDoesNotExist', message };
      await expect(api.redriveExecution({ executionArn })).rejects.toMatchObject(unknown);
      await expect(api.describeExecution({ executionArn })).rejects.toMatchObject(unknown);
      await expect(api.stopExecution({ executionArn })).rejects.toMatchObject(unknown);
      await expect(historyOf(api, executionArn)).rejects.toMatchObject(unknown);
      await expect(api.describeExecution({ executionArn: 'n' })).rejects.toMatchObject({
        name: 'InvalidArn',
      });
    });
  });
});
