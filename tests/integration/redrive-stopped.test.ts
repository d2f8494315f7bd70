import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  DescribeExecutionCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { MACHINE_ARN } from '../../local/aws/cloud';
import { testCloud } from '../support/cloud';
import { beforeTestSecret, isStep } from '../support/redrive';
import type { World } from '../support/world';

const test = testCloud();

/** What holds a Lambda up in the middle of its work. */
type Hold = () => Promise<unknown>;

const at = (operation: string, stage?: string) => (world: World, hold: Hold) => {
  world.intercept((call) => {
    const { VersionStage } = call.request as { VersionStage?: string };
    if (isStep(call) && call.operation === operation && VersionStage === stage)
      return hold().then(() => undefined);
    return undefined;
  });
};

const MOMENTS = [
  ['CreateSecret', at('PutSecretValue')],
  ['SetSecret, under the lock on the pair', at('GetSecretValue', 'AWSPENDING')],
  ['TestSecret', beforeTestSecret],
  ['FinishSecret', at('UpdateSecretVersionStage', 'AWSCURRENT')],
] as const;

/** Long enough for the second Lambda to be at work when the first one goes on. */
const OVERLAP_MS = 150;

describe('F1: an execution that a person stops', () => {
  it.each(MOMENTS)(
    'at %s, and re-drives while the Lambda is still at work, completes under the same version id',
    async (_moment, holdAt) => {
      const world = await test.makeWorld();
      const [held, released] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
      holdAt(world, () => {
        held.resolve(undefined);
        return released.promise;
      });
      const { executionArn } = await test.workflow.send(
        new StartExecutionCommand({
          stateMachineArn: MACHINE_ARN,
          name: randomUUID(),
          input: JSON.stringify({ secretId: world.secretArn, owner: 'schedule' }),
        }),
      );
      await held.promise;

      await test.workflow.send(new StopExecutionCommand({ executionArn }));
      expect(await world.currentSecretWorks()).toBe(true);
      const pending = (await world.labels())['AWSPENDING'];
      await test.workflow.send(new RedriveExecutionCommand({ executionArn }));
      await delay(OVERLAP_MS);
      released.resolve(undefined);
      await test.cloud.settled();

      const execution = await test.workflow.send(new DescribeExecutionCommand({ executionArn }));
      expect(execution).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
      const { AWSCURRENT } = await world.labels();
      expect(JSON.parse(execution.output ?? '')).toMatchObject({ versionId: AWSCURRENT });
      expect(pending ?? AWSCURRENT).toBe(AWSCURRENT);
      expect(await world.secret()).toMatchObject({ username: world.users[1] });
      expect(await world.currentSecretWorks()).toBe(true);
    },
  );
});
