import { DescribeSecretCommand, type DescribeSecretCommandOutput } from '@aws-sdk/client-secrets-manager';
import { KICKOFF_ARN, MACHINE_ARN, startCloud, type Cloud } from '../../local/aws/cloud';
import type { ServiceEvent } from '../../local/aws/secrets-manager/rotation/service-event';
import type { VerifyDocument } from '../../verify/report/document';
import type { Outcome } from '../../verify/run-experiment';
import { intercepted, useSecretsManager, World } from '../support/world';
import { start, type Command } from './command';

/** The definition has a Wait that an execution can be stopped in; TestSecret is tried once. */
const DEPLOYED = { DB_PASSWORD_PROPAGATION_WAIT: '1', DB_CONNECTION_TEST_RETRIES: '0' };
const TIME_SCALE = 0.4;
/** A re-driven execution, which takes half a second here, is over before the next attempt begins on a slow machine too. */
const RETRIES = { count: 30, delayMs: 5_000, stepDelayMs: 500 };

const PACE = [
  ...['--poll', '0.1', '--trail-poll', '0.1', '--trail-lag', '1', '--rotation-limit', '300'],
  ...['--retry-window', '16', '--late-after', '1', '--blocking', '1'],
];

/** What stands in for AWS, with a deployed stack and a secret to rotate; the secret is another one in every test. */
interface VerifyLab {
  readonly cloud: Cloud;
  readonly world: World;
  /** Hears of rotations until the test ends. */
  onEvent: ((event: ServiceEvent) => void) | undefined;
  /** Starts verify:aws on the secret, at a pace that suits the lab. */
  verify(...args: string[]): Command;
  describeSecret(): Promise<DescribeSecretCommandOutput>;
}

/** To be called once in a test file. */
export function verifyLab(): VerifyLab {
  const lent = {} as { cloud: Cloud; world: World };
  const lab: VerifyLab = {
    get cloud() {
      return lent.cloud;
    },
    get world() {
      return lent.world;
    },
    onEvent: undefined,
    verify: (...args) => {
      const stack = ['--state-machine-arn', MACHINE_ARN, '--kickoff-arn', KICKOFF_ARN];
      const secret = ['--secret-id', lent.world.secretArn, '--yes-rotate-this-secret'];
      return start('verify/verify-aws.ts', [...secret, ...stack, ...PACE, '--json', ...args]);
    },
    describeSecret: () =>
      lent.world.client.send(new DescribeSecretCommand({ SecretId: lent.world.secretArn })),
  };
  beforeAll(async () => {
    Object.assign(process.env, DEPLOYED);
    const started = startCloud({
      secretsManager: {
        onCall: intercepted,
        onEvent: (event) => lab.onEvent?.(event),
        rotationRetries: RETRIES,
      },
      stepFunctions: { timeScale: TIME_SCALE },
    });
    useSecretsManager(started.then(({ secretsManager }) => secretsManager));
    lent.cloud = await started;
  });
  afterAll(async () => {
    for (const name of Object.keys(DEPLOYED)) Reflect.deleteProperty(process.env, name);
    await lent.cloud.close();
  });
  beforeEach(async () => {
    lent.world = await World.make({ environment: lent.cloud.environment });
  });
  afterEach(async () => {
    lab.onEvent = undefined;
    await lent.cloud.settled();
    await lent.world.close();
  });
  return lab;
}

/** What it printed and how it ended. */
export async function resultOf(command: Command): Promise<{ code: number | null; document: VerifyDocument }> {
  const { code, stdout, stderr } = await command.ended;
  if (stdout === '') throw new Error(stderr);
  return { code, document: JSON.parse(stdout) as VerifyDocument };
}

export function outcomeOf({ experiments }: VerifyDocument, id: string): Outcome {
  const found = experiments.find((outcome) => outcome.id === id);
  if (found === undefined) throw new Error(`no outcome of ${id}`);
  return found;
}
