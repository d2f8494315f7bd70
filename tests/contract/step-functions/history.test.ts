import {
  ended,
  failure,
  failWith,
  gate,
  historyOf,
  outline,
  STATE,
  steps,
  typesOf,
  withEndpoint,
} from './endpoint';
import { task } from './rotation-shaped';

const JSON_STATE = JSON.stringify(STATE);

describe('GetExecutionHistory', () => {
  test('F4: tells every event in order, with what led to it', async () => {
    await withEndpoint({}, async ({ api, finished }) => {
      expect(outline(await historyOf(api, await finished()))).toEqual([
        '1<0 ExecutionStarted',
        '2<0 TaskStateEntered CreateSecret',
        '3<2 LambdaFunctionScheduled',
        '4<3 LambdaFunctionStarted',
        '5<4 LambdaFunctionSucceeded',
        '6<5 TaskStateExited CreateSecret',
        '7<6 ChoiceStateEntered IsAlreadyRotated',
        '8<7 ChoiceStateExited IsAlreadyRotated',
        '9<8 TaskStateEntered SetSecret',
        '10<9 LambdaFunctionScheduled',
        '11<10 LambdaFunctionStarted',
        '12<11 LambdaFunctionSucceeded',
        '13<12 TaskStateExited SetSecret',
        '14<13 WaitStateEntered WaitForPassword',
        '15<14 WaitStateExited WaitForPassword',
        '16<15 TaskStateEntered TestSecret',
        '17<16 LambdaFunctionScheduled',
        '18<17 LambdaFunctionStarted',
        '19<18 LambdaFunctionSucceeded',
        '20<19 TaskStateExited TestSecret',
        '21<20 TaskStateEntered FinishSecret',
        '22<21 LambdaFunctionScheduled',
        '23<22 LambdaFunctionStarted',
        '24<23 LambdaFunctionSucceeded',
        '25<24 TaskStateExited FinishSecret',
        '26<25 SucceedStateEntered RotationSucceeded',
        '27<26 SucceedStateExited RotationSucceeded',
        '28<27 ExecutionSucceeded',
      ]);
    });
  });

  test('F4: holds what went into each state and function, and what came out', async () => {
    await withEndpoint({}, async ({ api, finished }) => {
      const executionArn = await finished('n', '{"secretId": "app"}');
      const events = await historyOf(api, executionArn);
      expect(events[0]?.executionStartedEventDetails).toMatchObject({ input: '{"secretId": "app"}' });
      expect(events[1]?.stateEnteredEventDetails).toMatchObject({ input: '{"secretId":"app"}' });
      expect(events[2]?.lambdaFunctionScheduledEventDetails).toMatchObject({
        resource: 'arn:aws:lambda:us-east-1:123456789012:function:createSecret',
        input: JSON.stringify({ input: { secretId: 'app' }, executionArn }),
        inputDetails: { truncated: false },
        timeoutInSeconds: 40,
      });
      expect(events[4]?.lambdaFunctionSucceededEventDetails).toMatchObject({ output: JSON_STATE });
      expect(events[9]?.lambdaFunctionScheduledEventDetails).toMatchObject({ input: JSON_STATE });
      expect(events[11]?.lambdaFunctionSucceededEventDetails).toMatchObject({ output: '{"changed":true}' });
      expect(events[12]?.stateExitedEventDetails).toMatchObject({
        output: JSON.stringify({ ...STATE, setSecret: { changed: true } }),
      });
      const { output } = await api.describeExecution({ executionArn });
      expect(events.at(-1)?.executionSucceededEventDetails).toMatchObject({ output });
      const times = events.map(({ timestamp }) => timestamp?.getTime() ?? 0);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
    });
  });

  test('F3: shows every attempt of a retried Task', async () => {
    const handlers = steps();
    handlers.setSecret.mockRejectedValueOnce(failure('DatabaseBusyError'));
    await withEndpoint({ steps: handlers }, async ({ api, finished }) => {
      const events = await historyOf(api, await finished());
      expect(outline(events.slice(8, 16))).toEqual([
        '9<8 TaskStateEntered SetSecret',
        '10<9 LambdaFunctionScheduled',
        '11<10 LambdaFunctionStarted',
        '12<11 LambdaFunctionFailed',
        '13<12 LambdaFunctionScheduled',
        '14<13 LambdaFunctionStarted',
        '15<14 LambdaFunctionSucceeded',
        '16<15 TaskStateExited SetSecret',
      ]);
      expect(events[11]?.lambdaFunctionFailedEventDetails).toEqual({
        error: 'DatabaseBusyError',
        cause: '{"errorType":"DatabaseBusyError","errorMessage":"why DatabaseBusyError","trace":[]}',
      });
    });
  });

  test('F1: a Task that fails into its Catch is left, and shows no success', async () => {
    const handlers = steps();
    handlers.testSecret.mockRejectedValueOnce(failure('SetAgainRequiredError'));
    await withEndpoint({ steps: handlers }, async ({ api, finished }) => {
      const events = await historyOf(api, await finished());
      expect(outline(events.slice(15, 21))).toEqual([
        '16<15 TaskStateEntered TestSecret',
        '17<16 LambdaFunctionScheduled',
        '18<17 LambdaFunctionStarted',
        '19<18 LambdaFunctionFailed',
        '20<19 TaskStateExited TestSecret',
        '21<20 TaskStateEntered SetSecret',
      ]);
      expect(typesOf(events).at(-1)).toBe('ExecutionSucceeded');
    });
  });

  test('F4: ends with the error of the Task that failed the execution', async () => {
    await withEndpoint(
      { steps: steps({ setSecret: failWith('PrivilegeParityError') }) },
      async ({ api, finished }) => {
        const executionArn = await finished();
        const events = await historyOf(api, executionArn);
        expect(typesOf(events.slice(-3))).toEqual([
          'LambdaFunctionStarted',
          'LambdaFunctionFailed',
          'ExecutionFailed',
        ]);
        const { error, cause } = await api.describeExecution({ executionArn });
        expect(events.at(-1)?.executionFailedEventDetails).toEqual({ error, cause });
      },
    );
  });

  test('F5: a function that outlives its Task is timed out, and retried', async () => {
    const { wait, open } = gate();
    const Slow = task('createSecret', {
      TimeoutSeconds: 1,
      Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }],
      End: true,
    });
    const definition = JSON.stringify({ StartAt: 'Slow', States: { Slow } });
    const handlers = steps({ createSecret: wait });
    await withEndpoint({ definition, steps: handlers }, async ({ api, stateMachineArn, server }) => {
      const { executionArn = '' } = await api.startExecution({ stateMachineArn });
      await ended(api, executionArn);
      open();
      await server.settled();
      expect(await api.describeExecution({ executionArn })).toMatchObject({
        status: 'FAILED',
        error: 'States.Timeout',
      });
      expect(typesOf(await historyOf(api, executionArn)).slice(2)).toEqual([
        'LambdaFunctionScheduled',
        'LambdaFunctionStarted',
        'LambdaFunctionTimedOut',
        'LambdaFunctionScheduled',
        'LambdaFunctionStarted',
        'LambdaFunctionTimedOut',
        'ExecutionFailed',
      ]);
    });
  });

  test('F2: can be read in pages, backwards, without data, and while the execution runs', async () => {
    const { wait, open } = gate();
    await withEndpoint({ steps: steps({ setSecret: wait }) }, async ({ api, stateMachineArn, server }) => {
      const { executionArn = '' } = await api.startExecution({ stateMachineArn });
      const page = await api.getExecutionHistory({ executionArn, maxResults: 8, reverseOrder: true });
      expect(page.events?.map(({ id }) => id)).toEqual([11, 10, 9, 8, 7, 6, 5, 4]);
      open();
      await server.settled();
      const { nextToken } = page;
      const rest = await api.getExecutionHistory({ executionArn, reverseOrder: true, nextToken });
      expect(rest.events?.map(({ id }) => id)).toEqual([3, 2, 1]);
      expect(rest.nextToken).toBeUndefined();

      const { events = [] } = await api.getExecutionHistory({ executionArn, includeExecutionData: false });
      expect(events[1]?.stateEnteredEventDetails).toEqual({ name: 'CreateSecret' });
      expect(JSON.stringify(events)).not.toMatch(/"(in|out)put/);
      await expect(api.getExecutionHistory({ executionArn, nextToken: 'x' })).rejects.toMatchObject({
        name: 'InvalidToken',
      });
    });
  });
});
