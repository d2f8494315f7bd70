import type { Attempt, Failure, Run, Visit } from '../executions/execution-records';
import { hasRemedy } from './remedies';

/** What the history of an execution tells of one of its runs. */
export interface RunSummary {
  startedAt: Date | undefined;
  /** The state in which it ended. */
  state: string | undefined;
  /** How often that state's Lambda was called; 0 for a state without one. */
  attempts: number;
  /** What an attempt failed with last. */
  lastFailure: Failure | undefined;
  /** How often no credential of the master was accepted, most likely because the master was rotating too. */
  masterCollisions: number;
  /** Whether this execution has moved AWSCURRENT. `unknown`: it may have, and the answer was lost. */
  moved: 'yes' | 'no' | 'unknown';
}

/** @param index 0 for the first run, then the number of the redrive */
export function summarise(runs: readonly Run[], index: number): RunSummary {
  const run = runs[index];
  const visits = run?.visits ?? [];
  const failures = attemptsOf(visits).filter((attempt) => attempt.outcome === 'failed');
  const past = runs.slice(0, index + 1).flatMap((each) => each.visits);
  return {
    startedAt: run?.startedAt,
    state: visits.at(-1)?.state,
    attempts: visits.at(-1)?.attempts.length ?? 0,
    lastFailure: failures.at(-1),
    masterCollisions: failures.filter(({ error }) => error === 'MasterCredentialRejectedError').length,
    moved: movedBy(attemptsOf(past.filter(({ state }) => state === 'FinishSecret'))),
  };
}

const attemptsOf = (visits: readonly Visit[]): Attempt[] => visits.flatMap(({ attempts }) => attempts);

/** FinishSecret throws these after it has read the labels, and only when AWSCURRENT is not on its version. */
const FOUND_ELSEWHERE = ['RotationSupersededError', 'ProofOutdatedError'];
/** These may hide that the call which moves AWSCURRENT was carried out. */
const ANSWER_LOST = ['SecretStoreUnavailableError', 'UnexpectedError'];

/** @param attempts of FinishSecret, which alone moves AWSCURRENT, in all runs so far */
function movedBy(attempts: readonly Attempt[]): RunSummary['moved'] {
  return attempts.reduce<RunSummary['moved']>((before, attempt) => {
    if (attempt.outcome === 'succeeded') return 'yes';
    if (attempt.outcome === 'open') return 'unknown';
    if (FOUND_ELSEWHERE.includes(attempt.error)) return 'no';
    return ANSWER_LOST.includes(attempt.error) || !hasRemedy(attempt.error) ? 'unknown' : before;
  }, 'no');
}
