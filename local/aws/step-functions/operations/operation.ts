import { operationDefiner, type Operation as OperationOf } from '../../protocol/operation';
import type { Store } from '../store';

/** What an operation works on. */
export interface OperationContext {
  readonly store: Store;
  readonly now: () => Date;
}

export type Operation = OperationOf<OperationContext>;

export const defineOperation = operationDefiner<OperationContext>();
