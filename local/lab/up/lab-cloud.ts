import type { Services, ServicesOptions } from '../../aws/services';
import { LAB_ACCOUNT } from '../../stack/account';
import { kickoffOf, rotationMachineOf } from '../../stack/entry-points';
import { withStackServices } from '../../stack/stack-services';
import { withBundledStack } from '../bundled-stack';
import { loadSteps } from '../load-steps';

/** The services with the functions and the state machine in them, and how to name the two that are called. */
export interface LabCloud extends Pick<
  Services,
  'secretsManager' | 'stepFunctions' | 'cloudTrail' | 'environment'
> {
  arns: { kickoff: string; stateMachine: string };
}

type Use = (cloud: LabCloud) => Promise<void>;

/** Runs the handlers and the definition of this checkout, in this process, while `use` runs. */
export async function withSourceCloud(
  { verbose, services }: { verbose: boolean; services: ServicesOptions },
  use: Use,
): Promise<void> {
  await loadSteps({ verbose });
  // The handlers come with it, whose logger reads the environment when it is made.
  const { KICKOFF_ARN, MACHINE_ARN, startCloud } = await import('../../aws/cloud');
  const cloud = await startCloud(services);
  try {
    await use({ ...cloud, arns: { kickoff: KICKOFF_ARN, stateMachine: MACHINE_ARN } });
  } finally {
    await cloud.close();
    await cloud.stepFunctions.settled(); // a late SetSecret would make the user anew that is about to go
  }
}

/** Deploys the packaged template, and runs its bundles and its definition while `use` runs. */
export function withBundledCloud(
  { bundled, verbose, services }: { bundled: string | true; verbose: boolean; services: ServicesOptions },
  use: Use,
): Promise<void> {
  return withBundledStack({ bundled, verbose, account: LAB_ACCOUNT }, async (stack) => {
    const arns = { kickoff: kickoffOf(stack).arn, stateMachine: rotationMachineOf(stack).arn };
    await withStackServices(stack, services, (cloud) => use({ ...cloud, arns }));
  });
}
