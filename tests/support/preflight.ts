import { inProcess } from '../../local/lambda/in-process';
import { steps } from '../../local/steps';
import type { Layer } from '../../lib/rotation/preflight/layers';
import type { PreflightReport } from '../../lib/rotation/preflight/preflight';
import type { ExecutionInput } from '../../lib/rotation/state';
import type { World } from './world';

export const preflightInput = (world: World, input: Partial<ExecutionInput> = {}) => ({
  input: { secretId: world.secretArn, owner: 'schedule' as const, operation: 'preflight' as const, ...input },
  executionArn: `arn:aws:states:us-east-1:000000000000:execution:rotation:preflight-${world.id}`,
});

/** The real handler, under Lambda's conditions. */
export const runPreflight = (world: World, input: Partial<ExecutionInput> = {}): Promise<PreflightReport> =>
  inProcess(steps.Preflight)(preflightInput(world, input)) as Promise<PreflightReport>;

async function stateOf(world: World): Promise<unknown> {
  const { username } = world.master;
  return [await world.snapshot(), await world.labels(), await world.admin.accountsOf(username)];
}

/** Runs `use`, which must leave the secret, its labels, both users and the master as they were. */
export async function changingNothing<Result>(world: World, use: () => Promise<Result>): Promise<Result> {
  const before = await stateOf(world);
  const result = await use();
  expect(await stateOf(world)).toEqual(before);
  return result;
}

interface Fault {
  layer: Layer;
  error: string;
  /** What the message must say behind its layer: what is wrong, and what to do. */
  saying: RegExp;
  input?: Partial<ExecutionInput>;
}

/** Runs a preflight that must stop at a layer, tell no password, and change nothing. */
export async function expectFault(
  world: World,
  { layer, error, saying, input }: Fault,
  run: () => Promise<unknown> = () => runPreflight(world, input),
): Promise<void> {
  const thrown = await changingNothing(world, () =>
    run().then(
      () => undefined,
      (reason: unknown) => reason as Error,
    ),
  );
  expect(thrown?.name).toBe(error);
  const prefix = `preflight, layer ${layer}: `;
  expect(thrown?.message.slice(0, prefix.length)).toBe(prefix);
  expect(thrown?.message).toMatch(saying);
  for (const password of [world.firstPassword, world.master.password]) {
    expect(thrown?.message).not.toContain(password);
  }
}
