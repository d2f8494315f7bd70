import { RedriveExecutionCommand } from '@aws-sdk/client-sfn';
import type { World } from '../../support/world';
import type { FaultCloud } from '../harness/fault-cloud';
import { endOf, rotateBySchedule } from '../harness/rotations';
import type { Model } from './model';

/** @returns `SUCCEEDED` or the error's name; an execution that failed can be re-driven from now on */
async function note(cloud: FaultCloud, model: Model, executionArn: string): Promise<string> {
  const ended = await endOf(cloud, executionArn);
  if (ended !== 'SUCCEEDED') model.failed.push(executionArn);
  return ended;
}

/** Starts an execution and waits for its end. */
export async function start(
  cloud: FaultCloud,
  world: World,
  model: Model,
  input: Record<string, string>,
): Promise<string> {
  return note(cloud, model, await rotateBySchedule(cloud, world, input));
}

/** Re-drives one that failed. */
export async function redrive(cloud: FaultCloud, model: Model, executionArn: string): Promise<string> {
  model.failed.splice(model.failed.indexOf(executionArn), 1);
  await cloud.workflow.send(new RedriveExecutionCommand({ executionArn }));
  await cloud.stepFunctions.settled();
  return note(cloud, model, executionArn);
}
