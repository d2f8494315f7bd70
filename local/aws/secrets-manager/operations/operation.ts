import { operationDefiner, type Operation as OperationOf } from '../../protocol/operation';
import type { Rotations } from '../rotation/rotations';
import type { SecretStore } from '../store';

/** What an operation works on. */
export interface OperationContext {
  readonly store: SecretStore;
  readonly now: () => Date;
  readonly rotations: Rotations;
  /** Whose call it is. */
  readonly accessKeyId: string | undefined;
}

export type Operation = OperationOf<OperationContext>;

export const defineOperation = operationDefiner<OperationContext>();
