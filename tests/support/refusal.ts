import type { ExecutionRecord } from '../../local/state-machine/execution-record';
import type { RunOptions } from '../../local/state-machine/run-state-machine';
import type { World } from './world';

export interface Refusal {
  error: string;
  /** The state that refuses; before SetSecret nothing is written, so not even a label may have moved. */
  at: 'CreateSecret' | 'SetSecret' | 'TestSecret' | 'FinishSecret';
  /** What the message must say: the field, and what to do. */
  saying: RegExp;
  run?: Partial<RunOptions>;
  /** Further users that must be left as they are. */
  users?: readonly string[];
}

async function stateOf(world: World, users: readonly string[]): Promise<unknown> {
  const others = [world.master.username, ...users];
  return [await world.snapshot(), await Promise.all(others.map((name) => world.admin.accountsOf(name)))];
}

async function passwordsOf(world: World): Promise<string[]> {
  const pending = await world.secret('AWSPENDING').catch(() => undefined);
  const found = pending?.password;
  return [world.firstPassword, world.master.password, ...(typeof found === 'string' ? [found] : [])];
}

/**
 * Runs a rotation that must be refused by name, tell no password, and leave the current version, both users and
 * the master as they were.
 */
export async function expectRefused(world: World, refusal: Refusal): Promise<ExecutionRecord> {
  const { error, at, saying, run, users = [] } = refusal;
  const labels = await world.labels();
  const before = await stateOf(world, users);

  const execution = await world.rotate(run);

  expect(execution).toMatchObject({ status: 'FAILED', error });
  expect(execution.cause).toMatch(saying);
  expect(execution.states.at(-1)?.name).toBe(at);
  expect(await stateOf(world, users)).toEqual(before);
  if (at === 'CreateSecret') expect(await world.labels()).toEqual(labels);
  const record = JSON.stringify(execution);
  for (const password of await passwordsOf(world)) expect(record).not.toContain(password);
  return execution;
}
