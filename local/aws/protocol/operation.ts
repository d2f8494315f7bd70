import type { z } from 'zod';
import { AwsError } from './aws-error';
import { parseRequest } from './validation';

type Answer = object | Promise<object>;

/** One operation of a service, ready to be given a request as it came over the wire. */
export interface Operation<Context> {
  readonly name: string;
  answer(request: unknown, context: Context): Answer;
}

interface Definition<Shape extends z.ZodType, Context> {
  name: string;
  request: Shape;
  answer: (request: z.output<Shape>, context: Context) => Answer;
}

/**
 * How a service with this context makes an operation out of its name, the shape of its request and what it does.
 * Members outside the shape are ignored. An operation reads, decides and saves without awaiting in between: that
 * makes it atomic.
 */
export function operationDefiner<Context>() {
  return <Shape extends z.ZodType>(definition: Definition<Shape, Context>): Operation<Context> => ({
    name: definition.name,
    answer: (request, context) => definition.answer(parseRequest(definition.request, request), context),
  });
}

/** @throws UnknownOperationException */
export function operationNamed<Context>(
  operations: readonly Operation<Context>[],
  name: string,
): Operation<Context> {
  const found = operations.find((operation) => operation.name === name);
  if (found !== undefined) return found;
  throw new AwsError('UnknownOperationException', `The operation ${name} is not known to this endpoint.`);
}
