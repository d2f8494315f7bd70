import { withReservedConcurrency } from '../../../local/lambda/reserved-concurrency';

/** A function whose calls end when the test says so. */
function heldFunction() {
  const calls: PromiseWithResolvers<unknown>[] = [];
  return {
    calls,
    invoke: () => {
      const call = Promise.withResolvers<unknown>();
      calls.push(call);
      return call.promise;
    },
  };
}

const REFUSED = { name: 'Lambda.TooManyRequestsException', message: 'Rate Exceeded.' };

describe('a function with reserved concurrency', () => {
  it.each([1, 2, 5])('runs %d calls at once and refuses one more, as Lambda does', async (most) => {
    const held = heldFunction();
    const invoke = withReservedConcurrency(most, held.invoke);
    const running = Array.from({ length: most }, (_, index) => invoke(index));
    await expect(invoke('one more')).rejects.toMatchObject(REFUSED);
    expect(held.calls).toHaveLength(most);

    held.calls[0]?.resolve('first');
    expect(await running[0]).toBe('first');
    running.push(invoke('later'));
    expect(held.calls).toHaveLength(most + 1);
    for (const call of held.calls) call.resolve('ended');
    await Promise.all(running);
  });

  it('takes another call after one that failed', async () => {
    const held = heldFunction();
    const invoke = withReservedConcurrency(1, held.invoke);
    const failing = invoke({});
    held.calls[0]?.reject(new Error('failed'));
    await expect(failing).rejects.toThrow('failed');
    const next = invoke({});
    held.calls[1]?.resolve('answered');
    expect(await next).toBe('answered');
  });

  it('has no bound when no concurrency is reserved', async () => {
    const held = heldFunction();
    const invoke = withReservedConcurrency(undefined, held.invoke);
    const running = Array.from({ length: 120 }, () => invoke({}));
    expect(held.calls).toHaveLength(120);
    for (const call of held.calls) call.resolve('ended');
    await Promise.all(running);
  });
});
