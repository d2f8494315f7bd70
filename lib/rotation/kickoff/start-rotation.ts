import { ExecutionAbortedError, ExecutionsUsedUpError } from '../../errors';
import { log } from '../../log';
import type { SecretDescription } from '../../secrets/secret-store';
import { fillPending, prepare } from '../pending-version';
import { executionInputFor, executionNames } from './execution-names';
import type { RotationEvent } from './event';
import type { KickoffPorts } from './kickoff';

/**
 * Writes the pending value, which only this function's identity may do, and sees to it that an execution is at
 * work: attaches to one that runs, re-drives one that failed, starts one otherwise.
 */
export async function startRotation(
  event: RotationEvent,
  secret: SecretDescription,
  { secrets, config, executions }: KickoffPorts,
): Promise<void> {
  const preparation = await prepare(secrets, config, secret);
  await fillPending(preparation, event.ClientRequestToken, event.RotationToken);
  const input = executionInputFor(event, 'rotate');
  for (const name of executionNames(event, 'rotate')) {
    const found = await executions.find(name);
    switch (found?.status) {
      case undefined:
        if (await executions.start(name, input)) {
          log.info('started an execution', { executionArn: executions.arnOf(name) });
          return;
        }
        // Somebody else started it meanwhile, and it has ended already: its successor's turn.
        continue;
      case 'RUNNING':
      case 'PENDING_REDRIVE':
        return;
      case 'ABORTED':
        throw new ExecutionAbortedError(
          `a person stopped the execution ${found.arn}: re-drive it, or cancel the rotation with cancel-rotate-secret`,
        );
      case 'FAILED':
      case 'TIMED_OUT':
        if (found.isRedrivable && (await executions.redrive(found))) {
          log.info('re-drives the execution', {
            executionArn: found.arn,
            versionId: event.ClientRequestToken,
          });
          return;
        }
        // An operator may have been faster.
        if ((await executions.find(name))?.status === 'RUNNING') return;
        continue;
      case 'SUCCEEDED':
        // It succeeded, and yet the version is not current: the labels were moved by hand.
        continue;
    }
  }
  throw new ExecutionsUsedUpError(
    `no execution of version ${event.ClientRequestToken} can be re-driven and no further one is started: cancel the rotation with cancel-rotate-secret, mend the cause, take AWSPENDING away, and rotate anew`,
  );
}
