import { operationDefiner } from '../../protocol/operation';
import type { Trail } from '../trail';

/** What an operation works on. */
interface OperationContext {
  readonly trail: Trail;
}

export const defineOperation = operationDefiner<OperationContext>();
