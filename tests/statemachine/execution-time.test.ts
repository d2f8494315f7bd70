import { readTunables } from '../../config/tunables.cjs';
import type { ExecutionEvent, ExecutionRecord } from '../../local/state-machine/execution-record';
import { loadDefinition } from '../../local/state-machine/load-definition';
import type { RunOptions } from '../../local/state-machine/run-state-machine';
import { failWith, run, steps } from './fake-steps';

/** Longer than any execution of the definition. */
const LONG_MS = 7 * 24 * 60 * 60 * 1_000;

beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2026-11-01T03:00:00Z') });
});
afterEach(() => {
  jest.useRealTimers();
});

/** Runs the machine on a clock that jumps from one timer to the next. */
async function runOnClock(options: Partial<RunOptions>): Promise<ExecutionRecord> {
  const running = run(options);
  await jest.advanceTimersByTimeAsync(LONG_MS);
  return running;
}

describe('time', () => {
  const quick = loadDefinition(
    readTunables({ DB_PASSWORD_PROPAGATION_WAIT: '1', DB_CONNECTION_TEST_RETRY_DELAY: '1' }),
  );

  test('passes as the definition says when nothing is scaled', async () => {
    const handlers = steps({ TestSecret: failWith('PendingCredentialRejectedError', 1) });
    const record = await runOnClock({ handlers, timeScale: 1, definition: quick });
    const durationOf = (name: string): number | undefined =>
      record.states.find((state) => state.name === name)?.durationMs;
    expect(durationOf('WaitForPasswordPropagation')).toBe(1_000);
    expect(durationOf('TestSecret')).toBe(1_000);
  });

  test('a scale shortens waits and pauses alike, backoff included', async () => {
    const starts: number[] = [];
    const onEvent = (event: ExecutionEvent): void => {
      if (event.kind === 'attempt-started') starts.push(Date.parse(event.at));
    };
    const handlers = steps({ SetSecret: failWith('MasterCredentialRejectedError', 3) });
    await runOnClock({ handlers, timeScale: 0.02, onEvent });
    const [first = 0, second = 0, third = 0] = starts;
    expect(second - first).toBe(0.02 * 6_000);
    expect(third - second).toBe(0.02 * 12_000);
  });

  test('what happens is told as it happens', async () => {
    const heard: ExecutionEvent[] = [];
    const handlers = steps({ TestSecret: failWith('PendingCredentialRejectedError', 1) });
    await runOnClock({ handlers, onEvent: (event) => heard.push(event) });
    expect(heard.filter((event) => event.state === 'TestSecret')).toEqual([
      expect.objectContaining({ kind: 'state-entered', type: 'Task' }),
      expect.objectContaining({
        kind: 'attempt-failed',
        attempt: 1,
        error: 'PendingCredentialRejectedError',
      }),
      expect.objectContaining({ kind: 'attempt-started', attempt: 2 }),
      expect.objectContaining({ kind: 'state-exited', attempts: 2 }),
    ]);
  });
});

describe('an end from outside', () => {
  /** Stops an execution at the first event of a kind. */
  function stopAt(isTime: (event: ExecutionEvent) => boolean): Pick<RunOptions, 'signal' | 'onEvent'> {
    const stop = new AbortController();
    return {
      signal: stop.signal,
      onEvent: (event) => {
        if (isTime(event)) stop.abort();
      },
    };
  }

  test('stops a wait, and no later step runs', async () => {
    const handlers = steps();
    const inWait = stopAt(({ state }) => state === 'WaitForPasswordPropagation');
    const record = await runOnClock({ handlers, timeScale: 1, ...inWait });
    expect(record.status).toBe('ABORTED');
    expect(record.states.at(-1)).toMatchObject({ name: 'WaitForPasswordPropagation' });
    expect(handlers.TestSecret).not.toHaveBeenCalled();
  });

  test('between two attempts means that there is no further attempt', async () => {
    const handlers = steps({ SetSecret: failWith('MasterCredentialRejectedError') });
    const inPause = stopAt(({ kind }) => kind === 'attempt-failed');
    const record = await runOnClock({ handlers, timeScale: 1, ...inPause });
    expect(record).toMatchObject({ status: 'ABORTED' });
    expect(handlers.SetSecret).toHaveBeenCalledTimes(1);
  });

  test('before the start means that nothing runs', async () => {
    const handlers = steps();
    const record = await runOnClock({ handlers, signal: AbortSignal.abort() });
    expect(record.status).toBe('ABORTED');
    expect(handlers.CreateSecret).not.toHaveBeenCalled();
  });

  test('an execution that takes longer than it may is TIMED_OUT', async () => {
    const definition = { ...loadDefinition(readTunables({})), TimeoutSeconds: 1 };
    const handlers = steps({ SetSecret: failWith('MasterCredentialRejectedError') });
    const record = await runOnClock({ handlers, definition, timeScale: 1 });
    expect(record).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
    expect(handlers.SetSecret).toHaveBeenCalledTimes(1);
  });
});
