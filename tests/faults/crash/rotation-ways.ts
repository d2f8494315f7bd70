import { RedriveExecutionCommand } from '@aws-sdk/client-sfn';
import type { World } from '../../support/world';
import type { FaultCloud } from '../harness/fault-cloud';
import { cancelRotation, endOf, rotateBySchedule, rotateBySecretsManager } from '../harness/rotations';

/** Who takes a rotation up again after a step has died. */
export const WAYS = ['retry', 'redrive', 'secrets-manager'] as const;
export type Way = (typeof WAYS)[number];

/** What a rotation passes on its way. */
interface Course {
  /** Nobody dies: the first run must succeed. */
  isWhole: boolean;
  /** Told when the execution has failed: from now on functions answer again. */
  mend: () => void;
  /** Looks at the application between a failure and what takes the rotation up again. */
  look: () => Promise<void>;
}

async function requireSuccess(cloud: FaultCloud, executionArn: string): Promise<void> {
  const ended = await endOf(cloud, executionArn);
  if (ended !== 'SUCCEEDED') throw new Error(`the execution ended with ${ended}`);
}

const rotations: Record<Way, (cloud: FaultCloud, world: World, course: Course) => Promise<void>> = {
  retry: async (cloud, world, { mend }) => {
    mend();
    await requireSuccess(cloud, await rotateBySchedule(cloud, world));
  },

  redrive: async (cloud, world, { isWhole, mend, look }) => {
    const executionArn = await rotateBySchedule(cloud, world);
    if (isWhole || (await endOf(cloud, executionArn)) === 'SUCCEEDED') {
      return requireSuccess(cloud, executionArn);
    }
    await look();
    mend();
    await cloud.workflow.send(new RedriveExecutionCommand({ executionArn }));
    await cloud.stepFunctions.settled();
    await requireSuccess(cloud, executionArn);
  },

  'secrets-manager': async (cloud, world, { mend }) => {
    cloud.interference.onStatusChange = ({ status }) => {
      if (status === 'FAILED') mend();
    };
    if (!(await rotateBySecretsManager(cloud, world))) {
      throw new Error('Secrets Manager gave up before the rotation was done');
    }
    await cancelRotation(world);
  },
};

/** Rotates once, in the way that takes the rotation up again. @throws when it does not succeed */
export const rotateBy = (way: Way, cloud: FaultCloud, world: World, course: Course): Promise<void> =>
  rotations[way](cloud, world, course);
