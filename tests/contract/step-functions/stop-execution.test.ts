import type { DescribeExecutionOutput, SFN } from '@aws-sdk/client-sfn';
import { clock, failWith, gate, historyOf, outline, STATE, steps, typesOf, withEndpoint } from './endpoint';

/** Without the response's own metadata. */
async function describedIn(api: SFN, executionArn: string): Promise<DescribeExecutionOutput> {
  return {
    ...(await api.describeExecution({ executionArn })),
    $metadata: undefined,
  } as DescribeExecutionOutput;
}

describe('StopExecution', () => {
  test('F1: ends a Task as ABORTED, whose function finishes unheard, and a redrive calls it again', async () => {
    const { wait, open } = gate();
    const handlers = steps();
    handlers.setSecret.mockImplementationOnce(wait);
    await withEndpoint({ steps: handlers }, async ({ api, stateMachineArn, server, redriven }) => {
      const { executionArn = '' } = await api.startExecution({ stateMachineArn });
      const { stopDate } = await api.stopExecution({ executionArn, error: 'Operator', cause: 'on purpose' });
      expect(await api.describeExecution({ executionArn })).toMatchObject({
        status: 'ABORTED',
        error: 'Operator',
        cause: 'on purpose',
        stopDate,
        redriveStatus: 'REDRIVABLE',
      });
      const events = await historyOf(api, executionArn);
      expect(outline(events.slice(-2))).toEqual(['11<10 LambdaFunctionStarted', '12<0 ExecutionAborted']);
      expect(events.at(-1)?.executionAbortedEventDetails).toEqual({ error: 'Operator', cause: 'on purpose' });
      open();
      await server.settled();
      expect(handlers.testSecret).not.toHaveBeenCalled();
      expect(await historyOf(api, executionArn)).toEqual(events);

      await redriven(executionArn);
      expect(handlers.setSecret.mock.calls).toEqual([[STATE], [STATE]]);
      expect(await api.describeExecution({ executionArn })).toMatchObject({ status: 'SUCCEEDED' });
      expect(outline((await historyOf(api, executionArn)).slice(12, 16))).toEqual([
        '13<12 ExecutionRedriven',
        '14<9 LambdaFunctionScheduled',
        '15<14 LambdaFunctionStarted',
        '16<15 LambdaFunctionSucceeded',
      ]);
    });
  });

  test('F1: interrupts a Wait, which a redrive repeats (AWS does not document this)', async () => {
    const handlers = steps();
    await withEndpoint({ steps: handlers, timeScale: 1 }, async ({ api, stateMachineArn }) => {
      const { executionArn = '' } = await api.startExecution({ stateMachineArn });
      await api.stopExecution({ executionArn });
      const aborted = await api.describeExecution({ executionArn });
      expect(aborted).toMatchObject({ status: 'ABORTED' });
      expect(aborted.error).toBeUndefined();
      await api.redriveExecution({ executionArn });
      await api.stopExecution({ executionArn });
      expect(handlers.testSecret).not.toHaveBeenCalled();
      expect(typesOf(await historyOf(api, executionArn)).slice(-5)).toEqual([
        'WaitStateEntered',
        'ExecutionAborted',
        'ExecutionRedriven',
        'WaitStateEntered',
        'ExecutionAborted',
      ]);
    });
  });

  test('F2: leaves an execution that has ended as it is', async () => {
    const { now, passDays } = clock();
    const handlers = steps({ setSecret: failWith('PrivilegeParityError') });
    await withEndpoint({ now, steps: handlers }, async ({ api, finished }) => {
      const executionArn = await finished();
      const before = await describedIn(api, executionArn);
      passDays(1);
      const { stopDate } = await api.stopExecution({ executionArn, error: 'Operator' });
      expect(stopDate).toEqual(before.stopDate);
      expect(await describedIn(api, executionArn)).toEqual(before);
    });
  });

  test('closing the endpoint aborts what runs', async () => {
    const { wait, open } = gate();
    const told: string[] = [];
    const options = {
      steps: steps({ createSecret: wait }),
      onStatusChange: ({ status }: { status: string }) => told.push(status),
    };
    await withEndpoint(options, async ({ api, stateMachineArn }) => {
      await api.startExecution({ stateMachineArn });
    });
    expect(told).toEqual(['RUNNING', 'ABORTED']);
    open();
  });
});
