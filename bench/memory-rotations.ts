import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SFN } from '@aws-sdk/client-sfn';
import type { DeployedStack } from '../local/stack/deployed-stack';
import { kickoffOf, rotationMachineOf } from '../local/stack/entry-points';
import type { StackServices } from '../local/stack/stack-services';

/** Rotates again and again, in each way that a rotation begins: as a schedule, as a preflight, as Secrets Manager. */
export async function rotateInEveryWay(
  stack: DeployedStack,
  { stepFunctions, secretsManager, environment }: StackServices,
  { secretId, runs, onRun }: { secretId: string; runs: number; onRun: (what: string) => void },
): Promise<void> {
  const config = {
    region: environment['AWS_REGION'] ?? '',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  };
  const states = new SFN({ ...config, endpoint: stepFunctions.url });
  const secrets = new SecretsManager({ ...config, endpoint: secretsManager.url });
  const stateMachineArn = rotationMachineOf(stack).arn;

  const execute = async (input: object): Promise<void> => {
    const { executionArn } = await states.startExecution({ stateMachineArn, input: JSON.stringify(input) });
    await stepFunctions.settled();
    const { status, error = '', cause = '' } = await states.describeExecution({ executionArn });
    if (status !== 'SUCCEEDED') throw new Error(`${executionArn ?? ''}: ${String(status)} ${error} ${cause}`);
  };
  const rotateSecret = async (): Promise<void> => {
    const RotationLambdaARN = kickoffOf(stack).arn;
    const { VersionId = '' } = await secrets.rotateSecret({ SecretId: secretId, RotationLambdaARN });
    await secretsManager.settled();
    const { VersionIdsToStages: stages = {} } = await secrets.describeSecret({ SecretId: secretId });
    if (stages[VersionId]?.includes('AWSCURRENT') !== true) throw new Error(`${VersionId} is not current`);
  };

  const ways = {
    'by a schedule': () => execute({ secretId, owner: 'schedule' }),
    preflight: () => execute({ secretId, owner: 'schedule', operation: 'preflight' }),
    'by Secrets Manager': rotateSecret, // last, because from then on no schedule may rotate it
  };
  try {
    for (const [name, way] of Object.entries(ways)) {
      for (let run = 1; run <= runs; run += 1) {
        await way();
        onRun(`${name}, run ${run} of ${runs}`);
      }
    }
  } finally {
    states.destroy();
    secrets.destroy();
  }
}
