import type { z } from 'zod';
import type { Rotations } from '../rotation/rotations';
import type { SecretStore } from '../store';
import { parseRequest } from '../validation';

/** What an operation works on. */
export interface OperationContext {
  readonly store: SecretStore;
  readonly now: () => Date;
  readonly rotations: Rotations;
  /** Whose call it is. */
  readonly accessKeyId: string | undefined;
}

type Answer = object | Promise<object>;

/** One operation of the service, ready to be given a request as it came over the wire. */
export interface Operation {
  readonly name: string;
  answer(request: unknown, context: OperationContext): Answer;
}

/**
 * Makes an operation out of its name, the shape of its request and what it does. Members outside the shape
 * are ignored. An operation reads, decides and saves without awaiting in between: that makes it atomic.
 */
export function defineOperation<Shape extends z.ZodType>(definition: {
  name: string;
  request: Shape;
  answer: (request: z.output<Shape>, context: OperationContext) => Answer;
}): Operation {
  return {
    name: definition.name,
    answer: (request, context) => definition.answer(parseRequest(definition.request, request), context),
  };
}
