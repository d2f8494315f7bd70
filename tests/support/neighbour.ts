import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { inProcess } from '../../local/lambda/in-process';
import type { ExecutionRecord } from '../../local/state-machine/execution-record';
import { runStateMachine, type RunOptions } from '../../local/state-machine/run-state-machine';
import { steps } from '../../local/steps';
import { connectAs, type Login } from './database';
import type { World } from './world';
import type { SecretDocument } from './world-options';

/** Another secret beside the one of a world: of the same deployment, or of another one on the same server. */
export interface Neighbour {
  arn: string;
  rotate(options?: Partial<RunOptions>): Promise<ExecutionRecord>;
  /** What preflight answers, or the error that it throws. */
  preflight(): Promise<unknown>;
  secret(): Promise<SecretDocument>;
}

/** A secret that is the world's but for the fields given. */
export async function addNeighbour(world: World, name: string, fields: object = {}): Promise<Neighbour> {
  const value = JSON.stringify({ ...(await world.secret()), ...fields });
  return neighbourAt(world, world.secrets.seed.secret({ name: `${name}-${world.id}`, value }));
}

export function neighbourAt(world: World, arn: string): Neighbour {
  const input = { secretId: arn, owner: 'schedule' as const };
  return {
    arn,
    rotate: (options = {}) => runStateMachine({ input, handlers: steps, timeScale: 0, ...options }),
    preflight: () =>
      inProcess(steps.Preflight)({
        input: { ...input, operation: 'preflight' },
        executionArn: 'arn:aws:states:us-east-1:000000000000:execution:rotation:preflight',
      }).catch((error: unknown) => error),
    secret: async () => {
      const { SecretString = '' } = await world.client.send(new GetSecretValueCommand({ SecretId: arn }));
      return JSON.parse(SecretString) as SecretDocument;
    },
  };
}

/** Tells whether a login works and may read the table of the world's database. */
export async function reads({ username, password }: Login, { database }: World): Promise<boolean> {
  try {
    const connection = await connectAs({ username, password }, database);
    await connection.query('SELECT COUNT(*) FROM item');
    await connection.end();
    return true;
  } catch {
    return false;
  }
}
