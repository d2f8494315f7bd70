/** How often is looked, and how long is waited. All in milliseconds. */
export interface Pace {
  /** Between two looks at the secret or an execution. */
  readonly pollMs: number;
  /** Between two looks at an execution that is to be caught in the act. */
  readonly catchMs: number;
  /** Between two looks into CloudTrail, which answers two a second and account. */
  readonly trailPollMs: number;
  /** How long CloudTrail may take to show an event. */
  readonly trailLagMs: number;
  /** How long one rotation may take, the blocking one included. */
  readonly rotationMs: number;
  /** How long Secrets Manager is watched for repeating a failed rotation. */
  readonly retryWindowMs: number;
  /** How long after its failure an execution is re-driven late. */
  readonly lateMs: number;
  /** How long an execution must be for a step of kickoff to count as blocking. */
  readonly blockingMs: number;
}

export function seconds(milliseconds: number): string {
  const value = milliseconds / 1000;
  return `${Number.isInteger(value) ? value : value.toFixed(1)} s`;
}
