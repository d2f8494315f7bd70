/** One thing that moto 5.2 does otherwise than AWS. */
export interface MotoDifference {
  /** The rule of `docs/contract.md` that it breaks, or a dash: then nothing in this project rests on it. */
  readonly rule: `S${number}` | '-';
  readonly operation: string;
  /** The title that `describeContract` was given. */
  readonly suite: string;
  /** The tests that fail on moto for this reason, and must. */
  readonly tests: readonly string[];
  readonly moto: string;
  readonly aws: string;
  /** A page `API_…` of AWS's API reference of Secrets Manager with a member of it, or what else it is known from. */
  readonly source: string;
}
