import { RotateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { CREDENTIALS, KICKOFF_ARN, startCloud, type Cloud } from '../../local/aws/cloud';
import type { ServiceEvent } from '../../local/aws/secrets-manager/rotation/service-event';
import { intercepted, useSecretsManager, World } from './world';
import type { WorldOptions } from './world-options';

/** Both services with kickoff, for the tests of a file, and worlds in them. */
export interface TestCloud {
  cloud: Cloud;
  /** Speaks to the embedded Step Functions. */
  workflow: SFNClient;
  /** What Secrets Manager told of rotations, in order. */
  events: ServiceEvent[];
  makeWorld(options?: WorldOptions): Promise<World>;
  /** Has Secrets Manager rotate a world's secret, and waits until it has given up or succeeded. */
  rotate(world: World, options?: { immediately?: boolean; token?: string }): Promise<string>;
}

/** To be called once in a test file. */
export function testCloud(): TestCloud {
  const events: ServiceEvent[] = [];
  const worlds: World[] = [];
  const lent = {} as { cloud: Cloud; workflow: SFNClient };
  beforeAll(async () => {
    const started = startCloud({
      secretsManager: {
        onCall: intercepted,
        onEvent: (event) => events.push(event),
        rotationRetries: { count: 0, delayMs: 0 },
      },
      stepFunctions: { timeScale: 0 },
    });
    useSecretsManager(started.then(({ secretsManager }) => secretsManager));
    lent.cloud = await started;
    lent.workflow = new SFNClient({
      endpoint: lent.cloud.stepFunctions.url,
      region: 'us-east-1',
      credentials: CREDENTIALS,
    });
  });
  afterEach(async () => {
    await lent.cloud.settled();
    for (const world of worlds.splice(0)) await world.close();
    events.splice(0);
  });
  afterAll(async () => {
    lent.workflow.destroy();
    await lent.cloud.close();
  });
  return {
    get cloud() {
      return lent.cloud;
    },
    get workflow() {
      return lent.workflow;
    },
    events,
    makeWorld: async (options = {}) => {
      const environment = { ...lent.cloud.environment, ...options.environment };
      const world = await World.make({ ...options, environment });
      worlds.push(world);
      return world;
    },
    rotate: async (world, { immediately = true, token } = {}) => {
      const { VersionId } = await world.client.send(
        new RotateSecretCommand({
          SecretId: world.secretArn,
          RotationLambdaARN: KICKOFF_ARN,
          RotationRules: { AutomaticallyAfterDays: 30 },
          RotateImmediately: immediately,
          ...(token === undefined ? {} : { ClientRequestToken: token }),
        }),
      );
      await lent.cloud.settled();
      return VersionId ?? '';
    },
  };
}
