import { setTimeout as pause } from 'node:timers/promises';
import { readTunables } from '../../config/tunables.cjs';
import type { ExecutionEvent } from '../../local/state-machine/execution-record';
import { loadDefinition } from '../../local/state-machine/load-definition';
import { failWith, run, steps } from './fake-steps';

describe('time', () => {
  const quick = loadDefinition(
    readTunables({ DB_PASSWORD_PROPAGATION_WAIT: '1', DB_CONNECTION_TEST_RETRY_DELAY: '1' }),
  );

  test('passes as the definition says when nothing is scaled', async () => {
    const handlers = steps({ TestSecret: failWith('PendingCredentialRejectedError', 1) });
    const record = await run({ handlers, timeScale: 1, definition: quick });
    const durationOf = (name: string): number | undefined =>
      record.states.find((state) => state.name === name)?.durationMs;
    expect(durationOf('WaitForPasswordPropagation')).toBeGreaterThanOrEqual(990);
    expect(durationOf('TestSecret')).toBeGreaterThanOrEqual(990);
  });

  test('a scale shortens waits and pauses alike, backoff included', async () => {
    const starts: number[] = [];
    const onEvent = (event: ExecutionEvent): void => {
      if (event.kind === 'attempt-started') starts.push(Date.parse(event.at));
    };
    const handlers = steps({ SetSecret: failWith('MasterCredentialRejectedError', 3) });
    await run({ handlers, timeScale: 0.02, onEvent });
    const [first = 0, second = 0, third = 0] = starts;
    expect(second - first).toBeGreaterThanOrEqual(115); // 6 s
    expect(third - second).toBeGreaterThanOrEqual(235); // 12 s
    expect(third - first).toBeLessThan(3_000);
  });

  test('what happens is told as it happens', async () => {
    const heard: ExecutionEvent[] = [];
    const handlers = steps({ TestSecret: failWith('PendingCredentialRejectedError', 1) });
    await run({ handlers, onEvent: (event) => heard.push(event) });
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
  test('stops a wait, and no later step runs', async () => {
    const handlers = steps();
    const signal = AbortSignal.timeout(50);
    const record = await run({ handlers, timeScale: 1, signal });
    expect(record.status).toBe('ABORTED');
    expect(record.states.at(-1)).toMatchObject({ name: 'WaitForPasswordPropagation' });
    await pause(20);
    expect(handlers.TestSecret).not.toHaveBeenCalled();
  });

  test('between two attempts means that there is no further attempt', async () => {
    const handlers = steps({ SetSecret: failWith('MasterCredentialRejectedError') });
    const record = await run({ handlers, timeScale: 1, signal: AbortSignal.timeout(50) });
    await pause(20);
    expect(record).toMatchObject({ status: 'ABORTED' });
    expect(handlers.SetSecret).toHaveBeenCalledTimes(1);
  });

  test('before the start means that nothing runs', async () => {
    const handlers = steps();
    const record = await run({ handlers, signal: AbortSignal.abort() });
    expect(record.status).toBe('ABORTED');
    expect(handlers.CreateSecret).not.toHaveBeenCalled();
  });

  test('an execution that takes longer than it may is TIMED_OUT', async () => {
    const definition = { ...loadDefinition(readTunables({})), TimeoutSeconds: 1 };
    const handlers = steps({ SetSecret: failWith('MasterCredentialRejectedError') });
    const record = await run({ handlers, definition, timeScale: 1 });
    await pause(20);
    expect(record).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
    expect(handlers.SetSecret).toHaveBeenCalledTimes(1);
  });
});
