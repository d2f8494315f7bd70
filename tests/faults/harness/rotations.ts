import { CancelRotateSecretCommand, RotateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { KICKOFF_ARN, MACHINE_ARN } from '../../../local/aws/cloud';
import type { World } from '../../support/world';
import type { FaultCloud } from './fault-cloud';

/** Starts an execution as a schedule does, and waits for its end. @returns its ARN */
export async function rotateBySchedule(
  { workflow, stepFunctions }: Pick<FaultCloud, 'workflow' | 'stepFunctions'>,
  { secretArn }: World,
  input: Record<string, string> = {},
): Promise<string> {
  const { executionArn = '' } = await workflow.send(
    new StartExecutionCommand({
      stateMachineArn: MACHINE_ARN,
      input: JSON.stringify({ secretId: secretArn, owner: 'schedule', ...input }),
    }),
  );
  await stepFunctions.settled();
  return executionArn;
}

/** @returns `SUCCEEDED`, or the literal name of the error with which an execution ended */
export async function endOf(
  { workflow }: Pick<FaultCloud, 'workflow'>,
  executionArn: string,
): Promise<string> {
  const { status, error } = await workflow.send(new DescribeExecutionCommand({ executionArn }));
  return error ?? String(status);
}

/**
 * Has Secrets Manager rotate, through kickoff, and waits until it has done so or given up. The secret is its to
 * rotate from now on.
 * @returns whether the version that it announced is current
 */
export async function rotateBySecretsManager(
  { settled }: Pick<FaultCloud, 'settled'>,
  world: World,
): Promise<boolean> {
  const { VersionId: token } = await world.client.send(
    new RotateSecretCommand({
      SecretId: world.secretArn,
      RotationLambdaARN: KICKOFF_ARN,
      RotationRules: { AutomaticallyAfterDays: 30 },
    }),
  );
  await settled();
  return (await world.labels())['AWSCURRENT'] === token;
}

/** Gives the secret back to schedules. */
export async function cancelRotation({ client, secretArn }: World): Promise<void> {
  await client.send(new CancelRotateSecretCommand({ SecretId: secretArn }));
}
