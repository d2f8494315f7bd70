import { randomUUID } from 'node:crypto';
import {
  DescribeSecretCommand,
  PutSecretValueCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import type { ExecutionRecord } from '../../../local/state-machine/execution-record';
import { addNeighbour, reads, type Neighbour } from '../../support/neighbour';
import type { World } from '../../support/world';
import type { PointReport } from '../kind';

/** What a rotation may be refused with when another secret, or another application, has the user. */
export const REFUSALS: readonly unknown[] = ['StandbyOwnedElsewhereError', 'SharedUserError'];

/** A world's secret, and a second one that holds the same user. */
export interface TwoSecrets {
  world: World;
  reader: Neighbour;
}

/** @param isListed one deployment has both secrets; otherwise they are of two stacks */
export async function makeTwoSecrets(world: World, isListed: boolean): Promise<TwoSecrets> {
  const reader = await addNeighbour(world, 'reader');
  if (isListed) world.setEnvironment({ APP_SECRET_ARNS: [world.secretArn, reader.arn].join() });
  return { world, reader };
}

/** Both applications log in with their AWSCURRENT, and read what they may. */
export async function lookAtLogins({ world, reader }: TwoSecrets, report: PointReport): Promise<void> {
  report.logins(1, (await world.currentSecretWorks()) ? 0 : 1);
  report.logins(1, (await reads(await reader.secret(), world)) ? 0 : 1);
}

export function requireRefusedByName({ status, error }: ExecutionRecord, report: PointReport): void {
  if (status !== 'SUCCEEDED' && !REFUSALS.includes(error)) report.broken(`ended with ${String(error)}`);
}

/** Takes the label off the version that a refused rotation has left waiting. */
async function dropPending({ client }: World, arn: string): Promise<void> {
  const { VersionIdsToStages: stages = {} } = await client.send(new DescribeSecretCommand({ SecretId: arn }));
  const waiting = Object.keys(stages).find((id) => stages[id]?.join() === 'AWSPENDING');
  if (waiting === undefined) return;
  await client.send(
    new UpdateSecretVersionStageCommand({
      SecretId: arn,
      VersionStage: 'AWSPENDING',
      RemoveFromVersionId: waiting,
    }),
  );
}

/**
 * What the runbook advises: the second secret gets a user of its own, and the first one takes over what the second
 * may have set. Then both are rotated, twice.
 */
export async function separate(two: TwoSecrets, report: PointReport): Promise<void> {
  const { world, reader } = two;
  const [username, password] = [`reader_${world.id}`, `aA1!${randomUUID()}`.slice(0, 32)];
  const pattern = world.database.replaceAll('_', '\\_');
  await world.admin.run(
    `CREATE USER '${username}' IDENTIFIED BY '${password}'`,
    `GRANT SELECT ON \`${pattern}\`.* TO '${username}'`,
  );
  const SecretString = JSON.stringify({ ...(await reader.secret()), username, password });
  await world.client.send(new PutSecretValueCommand({ SecretId: reader.arn, SecretString }));
  await dropPending(world, reader.arn);
  world.setEnvironment({ ALLOW_TAKEOVER: world.users.map((user) => `${world.secretArn}=${user}`).join() });
  for (const round of [1, 2]) {
    for (const rotate of [() => world.rotate(), () => reader.rotate()]) {
      const { status, error } = await rotate();
      if (status !== 'SUCCEEDED')
        report.broken(`round ${round} after the remedy ended with ${String(error)}`);
      await lookAtLogins(two, report);
    }
  }
  await world.admin.run(`DROP USER '${username}'`, `DROP USER '${username}_clone'`);
}
