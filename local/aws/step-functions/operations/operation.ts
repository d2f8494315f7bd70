import type * as z from 'zod';
import { parseRequest } from '../../secrets-manager/validation';
import type { Store } from '../store';

/** What an operation works on. */
export interface OperationContext {
  readonly store: Store;
  readonly now: () => Date;
}

/** One operation of the service, ready to be given a request as it came over the wire. */
export interface Operation {
  readonly name: string;
  answer(request: unknown, context: OperationContext): object | Promise<object>;
}

/**
 * Makes an operation out of its name, the shape of its request and what it does. Members outside the shape
 * are ignored. An operation reads, decides and saves without awaiting in between: that makes it atomic.
 */
export function defineOperation<Shape extends z.ZodType>(definition: {
  name: string;
  request: Shape;
  answer: (request: z.output<Shape>, context: OperationContext) => object | Promise<object>;
}): Operation {
  return {
    name: definition.name,
    answer: (request, context) => definition.answer(parseRequest(definition.request, request), context),
  };
}
