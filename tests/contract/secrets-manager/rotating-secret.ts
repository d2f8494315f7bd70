import type { RotateSecretRequest, SecretsManager } from '@aws-sdk/client-secrets-manager';
import type {
  RotationEvent,
  RotationStep,
} from '../../../local/aws/secrets-manager/rotation/rotation-function';
import type { ServiceEvent } from '../../../local/aws/secrets-manager/rotation/service-event';
import type { SecretsManagerOptions, SecretsManagerServer } from '../../../local/aws/secrets-manager/server';
import { aSecret, clientOf, withEndpoint } from './endpoint';

export const LAMBDA = 'arn:aws:lambda:us-east-1:123456789012:function:rotate';
const LAMBDA_KEY = 'lambda';

/** What the function does in one step, with a client under its own identity, or under another one. */
export type Step = (
  event: RotationEvent,
  lambda: SecretsManager,
  stranger: SecretsManager,
) => Promise<unknown>;

/** A secret that a function rotates, and what is seen of its rotations. */
interface RotatingSecret {
  readonly api: SecretsManager;
  readonly server: SecretsManagerServer;
  readonly id: string;
  readonly first: string;
  /** What the function was called with. */
  readonly calls: readonly RotationEvent[];
  readonly events: readonly ServiceEvent[];
  /** RotateSecret, with the function. @returns the version id */
  readonly rotate: (request?: RotateSecretRequest) => Promise<string>;
}

/** The function of AWS's samples, as far as Secrets Manager sees it. */
export const SAMPLE: Record<RotationStep, Step> = {
  createSecret: ({ SecretId, ClientRequestToken }, lambda) =>
    lambda.putSecretValue({
      SecretId,
      ClientRequestToken,
      SecretString: 'rotated',
      VersionStages: ['AWSPENDING'],
    }),
  setSecret: () => Promise.resolve(),
  testSecret: () => Promise.resolve(),
  finishSecret: async ({ SecretId, ClientRequestToken: MoveToVersionId }, lambda) => {
    const { VersionId: RemoveFromVersionId } = await lambda.getSecretValue({ SecretId });
    if (RemoveFromVersionId === MoveToVersionId) return;
    const VersionStage = 'AWSCURRENT';
    await lambda.updateSecretVersionStage({ SecretId, VersionStage, MoveToVersionId, RemoveFromVersionId });
  },
};

/** Runs `use` with a secret whose function does the sample's steps, or what `steps` puts in their places. */
export async function withRotatingSecret(
  { steps = {}, ...options }: { steps?: Partial<Record<RotationStep, Step>> } & SecretsManagerOptions,
  use: (secret: RotatingSecret) => Promise<void>,
): Promise<void> {
  const calls: RotationEvent[] = [];
  const events: ServiceEvent[] = [];
  let clients: [SecretsManager, SecretsManager] | undefined;
  const invoke = async (event: RotationEvent): Promise<unknown> => {
    calls.push(event);
    if (clients === undefined) throw new Error('called before the endpoint runs');
    return { ...SAMPLE, ...steps }[event.Step](event, ...clients);
  };
  const rotationFunctions = { [LAMBDA]: { accessKeyId: LAMBDA_KEY, invoke } };
  const rotationRetries = { count: 2, delayMs: 1 };
  const onEvent = (event: ServiceEvent) => void events.push(event);
  await withEndpoint({ rotationFunctions, rotationRetries, onEvent, ...options }, async (api, server) => {
    clients = [clientOf(server.url, LAMBDA_KEY), clientOf(server.url, 'another-role')];
    const { id, first } = await aSecret(api);
    const rotate: RotatingSecret['rotate'] = async (request) => {
      const asked = { SecretId: id, RotationLambdaARN: LAMBDA, ...request };
      return (await api.rotateSecret(asked)).VersionId ?? '';
    };
    await use({ api, server, id, first, calls, events, rotate });
    for (const client of clients) client.destroy();
  });
}

export const namesOf = (events: readonly ServiceEvent[]): string[] => events.map(({ name }) => name);
export const stepsOf = (calls: readonly RotationEvent[]): string[] => calls.map(({ Step }) => Step);
