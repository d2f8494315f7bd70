import * as errors from '../../../lib/errors';
import type { ExecutionRecord } from '../../../local/state-machine/execution-record';
import type { World } from '../../support/world';
import type { Oracle } from '../harness/oracle';
import type { FaultRun, PointReport } from '../kind';

/** Logins of an application while two executions were at work. */
export interface RivalLogins {
  tried: number;
  failed: number;
}

const isNamed = (name: string | undefined): boolean =>
  name !== undefined && name in errors && name !== 'UnexpectedError';

const hasRestored = ({ cause }: ExecutionRecord): boolean => /restored the login/.test(cause ?? '');

export interface Ended {
  world: World;
  oracle: Oracle;
  report: PointReport;
  faults: FaultRun;
  records: readonly ExecutionRecord[];
  logins: RivalLogins;
  /** A person, or a request that arrived late, has moved AWSCURRENT: it may name a password that was replaced. */
  isMoved: boolean;
}

/** Says what does not hold when every call and every execution has ended, and after the next schedule. */
export async function judge(ended: Ended): Promise<void> {
  const { world, oracle, report, faults, records, logins, isMoved } = ended;
  for (const { status, error, cause } of records) {
    if (status !== 'SUCCEEDED' && !isNamed(error)) report.broken(`ended ${status} ${error}: ${cause}`);
  }
  if (!isMoved) for (const problem of await oracle.duringFaults(world)) report.broken(problem);
  const isRestored = records.some(hasRestored);
  if (isRestored) faults.count('logins of a promotion that came late restored');
  if (logins.failed > 0) {
    faults.count('refused logins until the restore', logins.failed);
    if (!isRestored && !isMoved) {
      report.broken(`${logins.failed} of ${logins.tried} logins were refused, and nothing was restored`);
    }
  }
  report.logins(logins.tried, 0);

  const next = await world.rotate();
  if (next.status !== 'SUCCEEDED') report.broken(`the next schedule ended ${next.error}: ${next.cause}`);
  for (const problem of await oracle.afterRecovery(world)) report.broken(problem);
}
