import type { World } from '../../support/world';
import type { FaultCloud } from '../harness/fault-cloud';
import { rotateBySecretsManager } from '../harness/rotations';

export type Owner = 'schedule' | 'secrets-manager';

/** Rotates once. @returns what went wrong, in words */
type Rotate = (cloud: FaultCloud, world: World) => Promise<string | undefined>;

export const owners: Readonly<Record<Owner, Rotate>> = {
  schedule: async (_cloud, world) => {
    const { status, error, cause } = await world.rotate();
    return status === 'SUCCEEDED' ? undefined : `${status}: ${error ?? ''} ${cause ?? ''}`;
  },
  'secrets-manager': async (cloud, world) => {
    return (await rotateBySecretsManager(cloud, world)) ? undefined : 'Secrets Manager gave the rotation up';
  },
};

export const isOwner = (part: string): part is Owner => part in owners;
