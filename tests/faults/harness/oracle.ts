import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { describeUser, differencesBetween } from '../../shapes/compare';
import { ShapeServer } from '../../shapes/shape-server';
import { logsIn, server } from '../../support/database';
import type { World } from '../../support/world';

/** The marker of the version that a user was last set to, which is not a right and differs always. */
const withoutMarker = (text: string): string =>
  text.replace(/"stepwise-rotation": \{[^}]*\}(, )?/, '').replace(" ATTRIBUTE '{}'", '');

/** Looks at what a fault has left, with eyes that share no code with lib/. */
export class Oracle {
  private constructor(readonly server: ShapeServer) {}

  static async open(): Promise<Oracle> {
    return new Oracle(await ShapeServer.open(server));
  }

  close(): Promise<void> {
    return this.server.close();
  }

  /** What differs between the rights and options of the two users of a world, in words. */
  async differences({ users }: Pick<World, 'users'>): Promise<string[]> {
    const [one, other] = await Promise.all(users.map((user) => describeUser(this.server, user)));
    return differencesBetween((one ?? []).map(withoutMarker), (other ?? []).map(withoutMarker));
  }

  /** What must hold at every moment: the application's secret logs in, and may do what it could. */
  async duringFaults(world: World): Promise<string[]> {
    return (await world.currentSecretWorks()) ? [] : ['the current secret does not work'];
  }

  /** What must hold when a rotation has ended well: also parity, and nothing left behind in the secret. */
  async afterRecovery(world: World): Promise<string[]> {
    const broken = await this.duringFaults(world);
    const differences = await this.differences(world);
    broken.push(...differences.map((text) => `the two users differ: ${text}`));
    broken.push(...(await labelProblems(world)));
    if (!(await logsIn(await world.secret('AWSPREVIOUS')))) {
      broken.push('the previous secret does not log in');
    }
    return broken;
  }

  /** What must hold when a version is about to become current. */
  async beforePromotion(world: World, versionId: string): Promise<string[]> {
    const { AWSPENDING } = await world.labels();
    if (AWSPENDING !== versionId) return [`a version was promoted that is not pending`];
    const pending = await world.secret('AWSPENDING');
    const differences = await this.differences(world);
    return [
      ...((await logsIn(pending)) ? [] : ['a version was promoted that does not log in']),
      ...differences.map((text) => `a version was promoted without parity: ${text}`),
    ];
  }
}

async function labelProblems({ client, secretArn }: World): Promise<string[]> {
  const { VersionIdsToStages: stages = {} } = await client.send(
    new DescribeSecretCommand({ SecretId: secretArn }),
  );
  const having = (label: string) =>
    Object.keys(stages).filter((versionId) => stages[versionId]?.includes(label) === true);
  const [current, pending] = [having('AWSCURRENT'), having('AWSPENDING')];
  const problems: string[] = [];
  if (current.length !== 1) problems.push(`AWSCURRENT is on ${current.length} versions`);
  if (pending.some((versionId) => !current.includes(versionId))) {
    problems.push('AWSPENDING is on a version that is not current');
  }
  return problems;
}
