import { RotateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { KICKOFF_ARN } from '../../../local/aws/cloud';
import type { World } from '../../support/world';
import type { FaultCloud } from '../harness/fault-cloud';

export type Owner = 'schedule' | 'secrets-manager';

/** Rotates once. @returns what went wrong, in words */
type Rotate = (cloud: FaultCloud, world: World) => Promise<string | undefined>;

export const owners: Readonly<Record<Owner, Rotate>> = {
  schedule: async (_cloud, world) => {
    const { status, error, cause } = await world.rotate();
    return status === 'SUCCEEDED' ? undefined : `${status}: ${error ?? ''} ${cause ?? ''}`;
  },
  'secrets-manager': async (cloud, world) => {
    const { VersionId: versionId } = await world.client.send(
      new RotateSecretCommand({
        SecretId: world.secretArn,
        RotationLambdaARN: KICKOFF_ARN,
        RotationRules: { AutomaticallyAfterDays: 30 },
      }),
    );
    await cloud.settled();
    const { AWSCURRENT } = await world.labels();
    return AWSCURRENT === versionId ? undefined : 'Secrets Manager gave the rotation up';
  },
};

export const isOwner = (part: string): part is Owner => part in owners;
