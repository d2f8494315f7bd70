import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { EvidenceLog } from './evidence';
import type { Pace } from './pace';

export interface Clients {
  readonly secrets: SecretsManagerClient;
  readonly states: SFNClient;
  readonly trail: CloudTrailClient;
}

/** What is experimented with: a secret that may be rotated, and the deployed stack that rotates it. */
export interface Target {
  readonly secretArn: string;
  readonly stateMachineArn: string;
  readonly kickoffArn: string;
}

/** Everything that one experiment works with. */
export interface Bench {
  readonly clients: Clients;
  readonly target: Target;
  readonly pace: Pace;
  readonly evidence: EvidenceLog;
  /** Aborted by Ctrl-C: every wait ends then, and what was changed is restored. */
  readonly signal: AbortSignal;
  /** The executions that it has to do with, which must not go on when it is over. */
  readonly executionArns: Set<string>;
  /** Ids of CloudTrail's events that belong to an earlier experiment. */
  readonly spentEventIds: ReadonlySet<string>;
}
