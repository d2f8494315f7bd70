import {
  DescribeExecutionCommand,
  RedriveExecutionCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { MACHINE_ARN } from '../../../local/aws/cloud';
import type { World } from '../../support/world';
import type { FaultCloud } from '../harness/fault-cloud';
import type { Model } from './model';

async function endOf({ workflow, stepFunctions }: FaultCloud, model: Model, arn: string): Promise<string> {
  await stepFunctions.settled();
  const { status, error = '' } = await workflow.send(new DescribeExecutionCommand({ executionArn: arn }));
  if (status === 'SUCCEEDED') return status;
  model.failed.push({ arn, versionId: undefined });
  return error;
}

/** Starts an execution and waits for its end. @returns `SUCCEEDED` or the error's name */
export async function start(
  cloud: FaultCloud,
  { secretArn }: World,
  model: Model,
  input: Record<string, string>,
): Promise<string> {
  const { executionArn = '' } = await cloud.workflow.send(
    new StartExecutionCommand({
      stateMachineArn: MACHINE_ARN,
      input: JSON.stringify({ secretId: secretArn, owner: 'schedule', ...input }),
    }),
  );
  return endOf(cloud, model, executionArn);
}

/** Re-drives one that failed. */
export async function redrive(
  cloud: FaultCloud,
  model: Model,
  execution: Model['failed'][number],
): Promise<string> {
  model.failed.splice(model.failed.indexOf(execution), 1);
  await cloud.workflow.send(new RedriveExecutionCommand({ executionArn: execution.arn }));
  return endOf(cloud, model, execution.arn);
}
