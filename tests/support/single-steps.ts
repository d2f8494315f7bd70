import { randomUUID } from 'node:crypto';
import { inProcess } from '../../local/lambda/in-process';
import { steps } from '../../local/steps';
import type {
  ExecutionInput,
  FinishSecretResult,
  RotationState,
  SetSecretResult,
  TestSecretResult,
} from '../../lib/rotation/state';
import type { World } from './world';

/** The real handlers one by one, under Lambda's conditions, for what a whole execution would not show. */

type AfterSetSecret = RotationState & { setSecret: SetSecretResult };

export const createSecret = (
  world: World,
  input: Partial<ExecutionInput> = {},
  executionArn = `arn:aws:states:us-east-1:000000000000:execution:rotation:${randomUUID()}`,
): Promise<RotationState> =>
  inProcess(steps.CreateSecret)({
    input: { secretId: world.secretArn, owner: 'schedule', ...input },
    executionArn,
  }) as Promise<RotationState>;

export const setSecret = (state: RotationState): Promise<SetSecretResult> =>
  inProcess(steps.SetSecret)({ state, redriveCount: 0 }) as Promise<SetSecretResult>;

export const testSecret = (state: AfterSetSecret): Promise<TestSecretResult> =>
  inProcess(steps.TestSecret)({ state, redriveCount: 0 }) as Promise<TestSecretResult>;

/** With a proof that is as fresh as one can be, unless the state holds another. */
export const finishSecret = (
  state: RotationState & { testSecret?: TestSecretResult },
): Promise<FinishSecretResult> => {
  const { schemaVersion, versionId, pendingUser } = state;
  const proof = { schemaVersion, versionId, account: pendingUser, redriveCount: 0 };
  return inProcess(steps.FinishSecret)({
    state: { testSecret: proof, ...state },
    redriveCount: 0,
  }) as Promise<FinishSecretResult>;
};
