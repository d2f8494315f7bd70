import { operationDefiner, type Operation as OperationOf } from '../../protocol/operation';
import type { Trail } from '../trail';

/** What an operation works on. */
export interface OperationContext {
  readonly trail: Trail;
}

export type Operation = OperationOf<OperationContext>;

export const defineOperation = operationDefiner<OperationContext>();
