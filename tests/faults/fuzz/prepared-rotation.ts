import { randomUUID } from 'node:crypto';
import { inProcess } from '../../../local/lambda/in-process';
import { steps } from '../../../local/steps';
import type { RotationState, SetSecretResult, TestSecretResult } from '../../../lib/rotation/state';
import type { Arena } from './arena';

/** A rotation that has come as far as its proof, and no further. */
export interface PreparedRotation {
  /** The texts of both versions as they were written. */
  current: string;
  pending: string;
  state: RotationState;
  setSecret: SetSecretResult;
  testSecret: TestSecretResult;
}

export const newExecutionArn = (): string =>
  `arn:aws:states:us-east-1:123456789012:execution:stepwise-rotation:${randomUUID()}`;

/** Begins a rotation of a well-formed secret, step by step, as the state machine would. */
export async function prepareRotation(arena: Arena): Promise<PreparedRotation> {
  const { world } = arena;
  const current = JSON.stringify(arena.document());
  arena.newSecret(current);
  const input = { secretId: world.secretArn, owner: 'schedule' };
  const invoke = inProcess(steps.CreateSecret)({ input, executionArn: newExecutionArn() });
  const state = (await invoke) as RotationState;
  const setSecret = (await inProcess(steps.SetSecret)({ state, redriveCount: 0 })) as SetSecretResult;
  const tested = inProcess(steps.TestSecret)({ state: { ...state, setSecret }, redriveCount: 0 });
  const testSecret = (await tested) as TestSecretResult;
  const pending = JSON.stringify(await world.secret('AWSPENDING'));
  arena.forgetAccounts();
  return { current, pending, state, setSecret, testSecret };
}

/** Makes something when it is first needed, and keeps it. */
export function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined;
  return () => (made ??= make());
}
