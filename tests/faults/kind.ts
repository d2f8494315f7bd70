import type { Randomness } from './randomness';

/** An invariant that did not hold. */
export interface Broken {
  kind: string;
  /** Name of the point, as `--only kind/point` takes it. */
  point: string;
  invariant: string;
}

/** Logins of an application while faults were made, with the secret that was current at the time. */
export interface Logins {
  tried: number;
  failed: number;
}

/** Handed to one point, to say what it found. */
export interface PointReport {
  /** Says that an invariant did not hold; a point of which this was never said has recovered. */
  broken(invariant: string): void;
  logins(tried: number, failed: number): void;
}

/** What a kind is run with, and where it says what it found. */
export interface FaultRun {
  /** One of the kind's `parts`; '' for a kind without parts. */
  readonly part: string;
  /** A part of the points that fits into CI, chosen with `random` where it is a sample. */
  readonly isBounded: boolean;
  /**
   * Of the run's seed, the kind and the part. Choose before `point`, and not depending on what happened there, or
   * a point could not be repeated by its name and the seed.
   */
  readonly random: Randomness;
  /** Choices for one point, which no other point takes part in. */
  fork(purpose: string): Randomness;
  /** Whether `--only` asks for a point of this name, or for all. Asked before work that one point alone needs. */
  wants(point: string): boolean;
  /**
   * One point at which a fault is made: counted, and recovered when `act` neither throws nor says that
   * something is broken. An error that `act` throws is a broken invariant of this point and ends no other point.
   * A point that `--only` does not ask for is not run.
   */
  point(name: string, act: (report: PointReport) => Promise<void>): Promise<void>;
  /** A figure for the report that is not a point, such as `lossesFound`; added up over the parts. */
  count(name: string, by?: number): void;
}

/** One kind of fault: a row of the report. */
export interface FaultKind {
  /** Lower case, words joined by hyphens, such as `crash`. */
  readonly name: string;
  /** What is done, and what must hold, in one sentence for the report's table. */
  readonly about: string;
  /** Parts that run in processes of their own, at the same time. */
  readonly parts?: readonly string[];
  /** Loaded where it is run, because its modules want the environment that its process was given. */
  load(): Promise<{ run(run: FaultRun): Promise<void> }>;
}
