import type { ExecutionRecord } from '../../../local/state-machine/execution-record';
import type { Arena, Outcome } from './arena';
import { harmIn } from './harm';
import { rotationProblem } from './rotation-verdict';

/** States that come after the standby was set. */
const AFTER_SET_SECRET = ['TestSecret', 'FinishSecret'];

/** Runs an execution as an attempt: its error is the outcome's. */
export async function execute(arena: Arena, input?: unknown): Promise<Outcome & { record: ExecutionRecord }> {
  const { world } = arena;
  const given = input === undefined ? {} : { input };
  const outcome = await arena.attempt(() => world.rotate(given));
  const record = outcome.value as ExecutionRecord;
  const { status, error: name = status, cause: message = '' } = record;
  return { ...outcome, record, error: status === 'SUCCEEDED' ? undefined : { name, message } };
}

/** What is wrong after an execution that was given this text as AWSCURRENT. */
export async function executionProblem(
  arena: Arena,
  outcome: Awaited<ReturnType<typeof execute>>,
  text: string,
  versionId: string,
): Promise<string | undefined> {
  if (outcome.error === undefined) return rotationProblem(arena, text, versionId);
  const at = outcome.record.states.at(-1)?.name ?? '';
  return harmIn(arena, outcome, versionId, {
    pending: at !== 'CreateSecret' && at !== 'Preflight',
    standby: AFTER_SET_SECRET.includes(at),
  });
}
