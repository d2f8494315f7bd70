import * as errors from '../../../lib/errors';
import { logInAndUse, textOf } from '../application/use-database';
import type { Arena, Outcome } from './arena';
import { tellsAny } from './confidential';

/** The names that may leave a step; UnexpectedError stands for a defect. */
const NAMES = new Set(
  Object.keys(errors).filter((name) => name !== 'RotationError' && name !== 'UnexpectedError'),
);

/** Enough to see what it is about. */
const MOST_CHARACTERS = 300;

/** What is wrong with an error as it left a Lambda. */
export function errorProblem(
  { name, message }: { name: string; message: string },
  arena: Arena,
): string | undefined {
  if (!NAMES.has(name))
    return `the error is none of lib/errors.ts: ${name}: ${message.slice(0, MOST_CHARACTERS)}`;
  if (tellsAny(message, arena.confidential)) return `the message of ${name} tells a part of a secret value`;
  return undefined;
}

/** What an attempt may have done all the same. */
export interface Allowance {
  /** A pending version may have been written: the step that failed is a later one. */
  pending?: boolean;
  /** The standby may have been set: the step that failed only looks at it. */
  standby?: boolean;
}

/**
 * What is wrong with an attempt that was to change nothing, whether it failed or not: its error's name or message,
 * or something that it did change.
 * @param currentVersionId where AWSCURRENT was
 */
export async function harmIn(
  arena: Arena,
  { error, writes, hasMetDatabase }: Outcome,
  currentVersionId: string,
  { pending = false, standby = false }: Allowance = {},
): Promise<string | undefined> {
  const problem = error && errorProblem(error, arena);
  if (problem !== undefined) return problem;
  const name = error?.name ?? 'success';
  if (writes.length > 0 && !pending && (await hasPendingValue(arena))) {
    return `${name} came after ${writes.join(', ')}`;
  }
  if (writes.includes('UpdateSecretVersionStage')) return `${name} came after a label was moved`;
  const { AWSCURRENT } = await arena.world.labels();
  if (AWSCURRENT !== currentVersionId) return `${name} came after AWSCURRENT had moved`;
  if (!hasMetDatabase) return undefined;
  if (standby) arena.forgetAccounts();
  else if (!(await arena.hasSameAccounts())) return `${name} came after a user had been changed`;
  return currentUserProblem(arena);
}

/** A call that was refused has written nothing. */
async function hasPendingValue({ world }: Arena): Promise<boolean> {
  return world.secret('AWSPENDING').then(
    () => true,
    () => false,
  );
}

/** What is wrong for the application, whatever became of the attempt. */
export async function currentUserProblem({ login, world }: Arena): Promise<string | undefined> {
  const refusal = await logInAndUse(login, world.database);
  return refusal && `the application's login was refused: ${textOf(refusal)}`;
}
