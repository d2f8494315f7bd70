import { inspect } from 'node:util';
import * as z from 'zod';
import { SecretNotFoundError } from '../../../lib/errors';
import { defineStep } from '../../../lib/step';

const SECRET = 'hunter2';

function stepThatThrows(thrown: unknown): () => Promise<unknown> {
  const handler = defineStep({
    name: 'SetSecret',
    input: z.unknown(),
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- anything may be thrown
    run: () => Promise.reject(thrown),
  });
  return () => handler({}).catch((error: unknown) => error);
}

class DriverError extends Error {
  override name = `${SECRET}Error`;
  sql = `IDENTIFIED BY '${SECRET}'`;
}

const withStack = (error: Error, stack: unknown): Error => Object.assign(error, { stack });

describe('a step lets nothing out but errors of its own:', () => {
  it.each([
    ['an error with a secret text', new Error(SECRET)],
    ['an error with a secret statement', new DriverError(`near '${SECRET}'`)],
    ['an error with a cause', new Error('outer', { cause: new Error(SECRET) })],
    ['an error of several lines', new Error(`first\n    at ${SECRET}`)],
    ['an error whose stack is a secret', withStack(new Error('x'), SECRET)],
    ['an error whose stack is not a text', withStack(new Error('x'), { SECRET })],
    ['an error whose text was changed', Object.assign(new Error(SECRET), { message: 'other' })],
    ['an error without a text', Object.assign(new Error(SECRET), { message: '' })],
    ['several errors', new AggregateError([new Error(SECRET)], SECRET)],
    ['a text', SECRET],
    ['an object', { message: SECRET, stack: `Error: ${SECRET}`, constructor: { name: 7 } }],
    ['nothing', undefined],
    ['null', null],
  ])('%s becomes an UnexpectedError', async (_what, thrown) => {
    const error = await stepThatThrows(thrown)();

    expect(error).toMatchObject({ name: 'UnexpectedError', retried: false });
    expect((error as Error).message).toMatch(/was thrown .*its text is withheld/);
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain(SECRET);
  });

  it('tells where a defect is', async () => {
    const error = (await stepThatThrows(new TypeError(SECRET))()) as Error;

    expect(error.message).toMatch(/^TypeError was thrown at .*step\.test\.ts/);
  });

  it('an error of lib/errors.ts goes out as it is', async () => {
    const ours = new SecretNotFoundError('there is no such secret');

    expect(await stepThatThrows(ours)()).toBe(ours);
  });

  it('an input of another shape is refused by field', async () => {
    const handler = defineStep({
      name: 'SetSecret',
      input: z.object({ a: z.string(), b: z.object({ c: z.number() }) }),
      run: () => Promise.resolve('ran'),
    });

    await expect(handler({ a: 1, b: { c: SECRET } })).rejects.toMatchObject({
      name: 'InvalidInputError',
      message: expect.stringMatching(/^a: .*; b\.c: /) as unknown,
    });
    await expect(handler({ a: 'x', b: { c: SECRET } })).rejects.not.toMatchObject({
      message: expect.stringContaining(SECRET) as unknown,
    });
    await expect(handler({ a: 'x', b: { c: 1 } })).resolves.toBe('ran');
  });
});
