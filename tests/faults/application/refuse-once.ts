import { AwsError } from '../../../local/aws/secrets-manager/errors';
import { isStep } from '../../support/redrive';
import type { FaultCloud } from '../harness/fault-cloud';

/** Has Secrets Manager refuse the functions' next call of an operation, and none after it. */
export function refuseOnce({ interference }: FaultCloud, operation: string): void {
  interference.onCall = (call) => {
    if (!isStep(call) || call.operation !== operation) return;
    interference.onCall = undefined;
    throw new AwsError('AccessDeniedException', 'refused once');
  };
}
