import { CancelRotateSecretCommand, RotateSecretCommand } from '@aws-sdk/client-secrets-manager';
import {
  DescribeExecutionCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { KICKOFF_ARN, MACHINE_ARN } from '../../../local/aws/cloud';
import type { World } from '../../support/world';
import type { FaultCloud } from '../harness/fault-cloud';

/** Who takes a rotation up again after a step has died. */
export const WAYS = ['retry', 'redrive', 'secrets-manager'] as const;
export type Way = (typeof WAYS)[number];

/** What a rotation passes on its way. */
export interface Course {
  /** Nobody dies: the first run must succeed. */
  isWhole: boolean;
  /** Told when the execution has failed: from now on functions answer again. */
  mend: () => void;
  /** Looks at the application between a failure and what takes the rotation up again. */
  look: () => Promise<void>;
}

async function execute({ workflow, stepFunctions }: FaultCloud, world: World): Promise<string> {
  const input = JSON.stringify({ secretId: world.secretArn, owner: 'schedule' });
  const { executionArn = '' } = await workflow.send(
    new StartExecutionCommand({ stateMachineArn: MACHINE_ARN, input }),
  );
  await stepFunctions.settled();
  return executionArn;
}

async function requireSuccess({ workflow }: FaultCloud, executionArn: string): Promise<void> {
  const { status, error } = await workflow.send(new DescribeExecutionCommand({ executionArn }));
  if (status !== 'SUCCEEDED') throw new Error(`the execution ended ${String(status)}: ${String(error)}`);
}

const rotations: Record<Way, (cloud: FaultCloud, world: World, course: Course) => Promise<void>> = {
  retry: async (cloud, world, { mend }) => {
    mend();
    await requireSuccess(cloud, await execute(cloud, world));
  },

  redrive: async (cloud, world, { isWhole, mend, look }) => {
    const executionArn = await execute(cloud, world);
    const { status } = await cloud.workflow.send(new DescribeExecutionCommand({ executionArn }));
    if (isWhole || status === 'SUCCEEDED') return requireSuccess(cloud, executionArn);
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
    const { VersionId: token } = await world.client.send(
      new RotateSecretCommand({
        SecretId: world.secretArn,
        RotationLambdaARN: KICKOFF_ARN,
        RotationRules: { AutomaticallyAfterDays: 30 },
      }),
    );
    await cloud.settled();
    const { AWSCURRENT } = await world.labels();
    if (AWSCURRENT !== token) throw new Error('Secrets Manager gave up before the rotation was done');
    await world.client.send(new CancelRotateSecretCommand({ SecretId: world.secretArn }));
  },
};

/** Rotates once, in the way that takes the rotation up again. @throws when it does not succeed */
export const rotateBy = (way: Way, cloud: FaultCloud, world: World, course: Course): Promise<void> =>
  rotations[way](cloud, world, course);
