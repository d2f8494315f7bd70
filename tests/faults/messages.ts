import type { Broken } from './kind';

/** What a process is told to run. */
export interface Job {
  kind: string;
  part: string;
  seed: number;
  isBounded: boolean;
  /** A point's name or the beginning of one; all when it is empty. */
  only: string;
}

/** What a process says while it runs a job. */
export type Message =
  | { type: 'point'; name: string; isRecovered: boolean; tried: number; failed: number; broken: Broken[] }
  | { type: 'count'; name: string; by: number }
  | { type: 'ended' };
