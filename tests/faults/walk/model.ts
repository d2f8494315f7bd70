import type { World } from '../../support/world';

/** What a walk believes of the world; every operation must leave the world as one of its outcomes says. */
export interface Model {
  /** Who rotates the secret. */
  owner: 'schedule' | 'secrets-manager';
  /** Version ids by label, as they were read after the last operation. */
  labels: Readonly<Record<string, string | undefined>>;
  /** ARNs of executions that failed, the oldest first. */
  failed: string[];
  /** Executions that ended well, with their scheduled times: deliveries that may come again. */
  delivered: string[];
  /** Steps as they were called, which may be called again at any time. */
  calls: { step: string; event: unknown }[];
  /** Further rights that the application was given by hand. */
  extraRights: boolean;
}

export const newModel = (labels: Model['labels']): Model => ({
  owner: 'schedule',
  labels,
  failed: [],
  delivered: [],
  calls: [],
  extraRights: false,
});

/** What an operation came to. */
export interface Outcome {
  /** What was done, for the story of a divergence. */
  what: string;
  /** `SUCCEEDED`, or the literal name of the error; undefined for an operation that is no rotation. */
  ended: string | undefined;
  /** What it may have ended with. */
  allowed: readonly string[];
  /** Whether AWSCURRENT may have moved although it did not end well. */
  mayMove: boolean;
}

/** Errors with which a rotation that somebody else overtook may end. */
export const OVERTAKEN = ['RotationSupersededError'];

/** What a rotation by schedule may end with, as things are. */
export function allowedForSchedule({ owner }: Pick<Model, 'owner'>): string[] {
  return [owner === 'secrets-manager' ? 'RotationOwnershipError' : 'SUCCEEDED'];
}

/** Compares what an operation came to with what it may have come to. @returns what does not fit, in words */
export async function divergence(model: Model, outcome: Outcome, world: World): Promise<string[]> {
  const labels = await world.labels();
  const hasMoved = labels['AWSCURRENT'] !== model.labels['AWSCURRENT'];
  const { what, ended, allowed, mayMove } = outcome;
  const problems: string[] = [];
  if (ended !== undefined && !allowed.includes(ended)) {
    problems.push(`${what} ended ${ended}, expected ${allowed.join(' or ')}`);
  }
  if (hasMoved && ended !== 'SUCCEEDED' && !mayMove) problems.push(`${what} moved AWSCURRENT`);
  if (!(await world.currentSecretWorks())) problems.push(`after ${what} the current secret does not work`);
  model.labels = labels;
  return problems;
}
