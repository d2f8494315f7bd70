import type { StateReport } from '../lab/state-report';
import type { ExecutionStatus } from '../state-machine/execution-record';
import type { ServerProduct } from '../database/server-product';

/** One rotation, and what it left behind. */
export interface DemoRotation {
  status: ExecutionStatus;
  /** Name and message of the error, when it failed. */
  error?: string;
  cause?: string;
  /** The user that AWSCURRENT names. */
  currentUser: string;
  /** Those of the application's two users that exist. */
  users: string[];
  /** What SetSecret did; `null` when it did not get to its end. */
  initialSetup: boolean | null;
  granted: number | null;
  revoked: number | null;
  /** Logins of the application from the beginning of SetSecret to the end of FinishSecret. */
  loginsDuringSwitch: number;
  states: StateReport[];
}

/** What `demo --json` prints. */
export interface DemoReport {
  rotations: DemoRotation[];
  /** Logins since the first promotion; before it, the application has no user. */
  probe: { logins: number; failed: number };
  server: ServerProduct;
}

export function isFlawless({ rotations, probe }: DemoReport): boolean {
  return probe.failed === 0 && rotations.every(({ status }) => status === 'SUCCEEDED');
}
