import type { Target } from '../bench';
import type { Outcome } from '../run-experiment';

/** `aws`, or the URL that was asked. */
type Endpoint = string;

/** What `--json` prints. */
export interface VerifyDocument extends Target {
  /** `aws` when all three services were AWS's; otherwise the answers prove nothing about AWS. */
  endpoint: Endpoint;
  endpoints: { secretsManager: Endpoint; stepFunctions: Endpoint; cloudTrail: Endpoint };
  region: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  seconds: number;
  experiments: readonly Outcome[];
}

/** The first that is not AWS speaks for all. */
export function endpointOf(endpoints: VerifyDocument['endpoints']): Endpoint {
  return Object.values(endpoints).find((endpoint) => endpoint !== 'aws') ?? 'aws';
}

/** 0 when every question has an answer, none of them against the design, and everything was restored. */
export function exitCodeOf(experiments: readonly Outcome[]): 0 | 1 {
  return experiments.every(
    ({ answer, contradictsDesign, notRestored }) =>
      answer !== 'not answered' && !contradictsDesign && notRestored.length === 0,
  )
    ? 0
    : 1;
}
