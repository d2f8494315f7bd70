import * as fc from 'fast-check';
import type { FaultRun } from '../kind';

/** What must hold for every case of a kind. */
interface Property<Case> {
  /** The point's name. */
  readonly name: string;
  readonly bounded: number;
  readonly whole: number;
  readonly cases: fc.Arbitrary<Case>;
  /** @returns which invariant does not hold, in words that hold no secret */
  breaks: (given: Case) => Promise<string | undefined>;
}

/** A case that takes longer has not ended in time; the longest handler has a minute. */
const LONGEST_MS = 60_000;

/** A long text is more of the same. */
const MOST_CHARACTERS = 1_500;

/** A property that knows how to be tried, whatever its cases are. */
export interface Check {
  readonly name: string;
  /** Tries it as one point, and tells the smallest case that breaks it. */
  try(run: FaultRun, seed: number): Promise<void>;
}

export function property<Case>(stated: Property<Case>): Check {
  const { name } = stated;
  return {
    name,
    try: (run, seed) =>
      run.point(name, async (report) => {
        const found = await counterexampleTo(stated, run, seed);
        if (found !== undefined) report.broken(found);
      }),
  };
}

async function counterexampleTo<Case>(
  { cases, breaks, bounded, whole }: Property<Case>,
  run: FaultRun,
  seed: number,
): Promise<string | undefined> {
  const holds = async (given: Case): Promise<void> => {
    const broken = await breaks(given);
    if (broken !== undefined) throw new Error(broken);
  };
  const result = await fc.check(fc.asyncProperty(cases, holds), {
    seed,
    numRuns: run.isBounded ? bounded : whole,
    timeout: LONGEST_MS,
  });
  run.count('cases', result.numRuns);
  if (!result.failed) return undefined;
  const { counterexample, counterexamplePath, errorInstance, numShrinks } = result;
  const what = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  const smallest = JSON.stringify(counterexample?.[0]).slice(0, MOST_CHARACTERS);
  return `${what}; case: ${smallest} (fast-check: seed ${seed}, path ${counterexamplePath ?? ''}, shrunk ${numShrinks} times)`;
}
