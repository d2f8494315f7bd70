import type { Bench } from './bench';
import type { Pace } from './pace';

export type Answer = 'yes' | 'no' | 'not answered';

export interface Finding {
  readonly answer: Answer;
  /** One sentence with the numbers; for `not answered`, what would have to be otherwise. */
  readonly why: string;
}

/** One question to AWS, and how it is put. */
export interface Experiment {
  readonly id: string;
  /** To be answered with yes or no. */
  readonly question: string;
  /** What it does to the secret and the stack. */
  readonly does: string;
  /** Whether a no means that something of this project does not work as it says. */
  readonly noContradictsDesign: boolean;
  /** How long it may take at most, restoring apart. In milliseconds. */
  readonly longestMs: (pace: Pace) => number;
  readonly run: (bench: Bench) => Promise<Finding>;
}

export const yes = (why: string): Finding => ({ answer: 'yes', why });
export const no = (why: string): Finding => ({ answer: 'no', why });
export const notAnswered = (why: string): Finding => ({ answer: 'not answered', why });
