import {
  ended,
  failWith,
  failure,
  gate,
  historyOf,
  outline,
  STATE,
  steps,
  typesOf,
  withEndpoint,
} from './endpoint';
import { task } from './rotation-shaped';

describe('RedriveExecution', () => {
  test('F1: goes on at the state that failed, with its recorded input and the same ARN', async () => {
    const handlers = steps();
    handlers.testSecret.mockRejectedValueOnce(failure('PrivilegeParityError'));
    await withEndpoint({ steps: handlers }, async ({ api, finished, redriven }) => {
      const executionArn = await finished('n', '{"secretId":"app"}');
      const failed = await api.describeExecution({ executionArn });
      expect(failed).toMatchObject({ status: 'FAILED', redriveCount: 0, redriveStatus: 'REDRIVABLE' });
      expect(failed.redriveDate).toBeUndefined();
      for (const step of Object.values(handlers)) step.mockClear();

      await redriven(executionArn);

      expect(handlers.createSecret).not.toHaveBeenCalled();
      expect(handlers.setSecret).not.toHaveBeenCalled();
      expect(handlers.testSecret).toHaveBeenCalledTimes(1);
      expect(handlers.testSecret).toHaveBeenCalledWith({ ...STATE, setSecret: { changed: true } });
      expect(handlers.finishSecret).toHaveBeenCalledTimes(1);
      const { $metadata, ...described } = await api.describeExecution({ executionArn });
      expect(described).toMatchObject({
        executionArn,
        name: 'n',
        status: 'SUCCEEDED',
        input: '{"secretId":"app"}',
        startDate: failed.startDate,
        redriveCount: 1,
        redriveDate: expect.any(Date) as Date,
        redriveStatus: 'NOT_REDRIVABLE',
        redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
      });
      expect($metadata.httpStatusCode).toBe(200);
      expect(described).not.toHaveProperty('error');
      expect(described).not.toHaveProperty('cause');
    });
  });

  test('F1: appends to the history, and schedules the Task anew without entering it', async () => {
    const handlers = steps();
    handlers.testSecret.mockRejectedValueOnce(failure('PrivilegeParityError'));
    await withEndpoint({ steps: handlers }, async ({ api, finished, redriven }) => {
      const executionArn = await finished();
      await redriven(executionArn);
      const events = await historyOf(api, executionArn);
      expect(outline(events.slice(15, 27))).toEqual([
        '16<15 TaskStateEntered TestSecret',
        '17<16 LambdaFunctionScheduled',
        '18<17 LambdaFunctionStarted',
        '19<18 LambdaFunctionFailed',
        '20<19 ExecutionFailed',
        '21<20 ExecutionRedriven',
        '22<16 LambdaFunctionScheduled',
        '23<22 LambdaFunctionStarted',
        '24<23 LambdaFunctionSucceeded',
        '25<24 TaskStateExited TestSecret',
        '26<25 TaskStateEntered FinishSecret',
        '27<26 LambdaFunctionScheduled',
      ]);
      expect(events[20]?.executionRedrivenEventDetails).toEqual({ redriveCount: 1 });
    });
  });

  test('F1: retry counters start anew, each time it is redriven', async () => {
    const handlers = steps({ setSecret: failWith('MasterCredentialRejectedError') });
    await withEndpoint({ steps: handlers }, async ({ api, finished, redriven }) => {
      const executionArn = await finished();
      expect(handlers.setSecret).toHaveBeenCalledTimes(11);
      await redriven(executionArn);
      expect(handlers.setSecret).toHaveBeenCalledTimes(22);
      handlers.setSecret.mockResolvedValue({ changed: true });
      await redriven(executionArn);
      expect(handlers.setSecret).toHaveBeenCalledTimes(23);
      expect(handlers.createSecret).toHaveBeenCalledTimes(1);
      expect(await api.describeExecution({ executionArn })).toMatchObject({
        status: 'SUCCEEDED',
        redriveCount: 2,
      });
    });
  });

  test('F1: a second redrive goes on where the first one failed', async () => {
    const handlers = steps();
    handlers.setSecret.mockRejectedValueOnce(failure('PrivilegeParityError'));
    handlers.finishSecret.mockRejectedValueOnce(failure('CurrentVersionMovedError'));
    await withEndpoint({ steps: handlers }, async ({ api, finished, redriven }) => {
      const executionArn = await finished();
      await redriven(executionArn);
      expect(await api.describeExecution({ executionArn })).toMatchObject({
        status: 'FAILED',
        error: 'CurrentVersionMovedError',
      });
      await redriven(executionArn);
      expect(await api.describeExecution({ executionArn })).toMatchObject({ status: 'SUCCEEDED' });
      const counts = Object.values(handlers).map((step) => step.mock.calls.length);
      expect(counts).toEqual([1, 2, 1, 2]);
    });
  });

  test('F1: the timeout of the execution starts anew', async () => {
    const { wait, open } = gate();
    const Slow = task('createSecret', { End: true });
    const definition = JSON.stringify({ StartAt: 'Slow', TimeoutSeconds: 1, States: { Slow } });
    const handlers = steps();
    handlers.createSecret.mockImplementationOnce(wait);
    await withEndpoint(
      { definition, steps: handlers },
      async ({ api, stateMachineArn, server, redriven }) => {
        const { executionArn = '' } = await api.startExecution({ stateMachineArn });
        await ended(api, executionArn);
        open();
        await server.settled();
        expect(await api.describeExecution({ executionArn })).toMatchObject({
          status: 'TIMED_OUT',
          error: 'States.Timeout',
          redriveStatus: 'REDRIVABLE',
        });
        expect(typesOf(await historyOf(api, executionArn)).at(-1)).toBe('ExecutionTimedOut');
        await redriven(executionArn);
        expect(await api.describeExecution({ executionArn })).toMatchObject({ status: 'SUCCEEDED' });
      },
    );
  });

  test('F1: a Fail state is entered again, and fails again', async () => {
    const definition = JSON.stringify({
      StartAt: 'Begin',
      States: {
        Begin: { Type: 'Pass', Next: 'Broken' },
        Broken: { Type: 'Fail', Error: 'Broken', Cause: 'always' },
      },
    });
    await withEndpoint({ definition }, async ({ api, finished, redriven }) => {
      const executionArn = await finished();
      const failed = { status: 'FAILED', error: 'Broken', cause: 'always' };
      expect(await api.describeExecution({ executionArn })).toMatchObject(failed);
      await redriven(executionArn);
      expect(await api.describeExecution({ executionArn })).toMatchObject({ ...failed, redriveCount: 1 });
      expect(typesOf(await historyOf(api, executionArn)).slice(3)).toEqual([
        'FailStateEntered',
        'ExecutionFailed',
        'ExecutionRedriven',
        'FailStateEntered',
        'ExecutionFailed',
      ]);
    });
  });

  test('F1: the same client token redrives once', async () => {
    const handlers = steps({ setSecret: failWith('PrivilegeParityError') });
    await withEndpoint({ steps: handlers }, async ({ api, finished, server }) => {
      const executionArn = await finished();
      const redrive = (clientToken: string) => api.redriveExecution({ executionArn, clientToken });
      const first = await redrive('one');
      await server.settled();
      expect((await redrive('one')).redriveDate).toEqual(first.redriveDate);
      await server.settled();
      expect(handlers.setSecret).toHaveBeenCalledTimes(2);
      await redrive('two');
      await server.settled();
      expect(handlers.setSecret).toHaveBeenCalledTimes(3);
    });
  });

  test('F1: the function sees how often it was redriven when the definition asks', async () => {
    const Count = task('createSecret', {
      Parameters: { 'count.$': '$$.Execution.RedriveCount' },
      End: true,
    });
    const definition = JSON.stringify({ StartAt: 'Count', States: { Count } });
    const handlers = steps({ createSecret: failWith('PrivilegeParityError') });
    await withEndpoint({ definition, steps: handlers }, async ({ finished, redriven }) => {
      await redriven(await finished());
      expect(handlers.createSecret.mock.calls).toEqual([[{ count: 0 }], [{ count: 1 }]]);
    });
  });
});
