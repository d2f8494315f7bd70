import { randomUUID } from 'node:crypto';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import {
  type SecretsManagerOptions,
  type SecretsManagerServer,
  startSecretsManager,
} from '../../../local/aws/secrets-manager/server';

/** A real SDK client. Dummy credentials do for the embedded endpoint; an error answer is not asked for twice. */
export function clientOf(url: string): SecretsManager {
  return new SecretsManager({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'dummy', secretAccessKey: 'dummy' },
    maxAttempts: 1,
  });
}

/** Runs `use` against an embedded endpoint of its own. */
export async function withEndpoint(
  options: SecretsManagerOptions,
  use: (api: SecretsManager, server: SecretsManagerServer) => Promise<void>,
): Promise<void> {
  const server = await startSecretsManager(options);
  const api = clientOf(server.url);
  try {
    await use(api, server);
  } finally {
    api.destroy();
    await server.close();
  }
}

/**
 * The Secrets Manager under test, for a whole test file: the embedded one, unless `SECRETS_MANAGER_ENDPOINT`
 * names another. A contract holds for every Secrets Manager, so its tests use nothing but the client.
 */
export function contractApi(): () => SecretsManager {
  let api: SecretsManager | undefined;
  let server: SecretsManagerServer | undefined;
  beforeAll(async () => {
    const elsewhere = process.env['SECRETS_MANAGER_ENDPOINT'];
    server = elsewhere === undefined ? await startSecretsManager() : undefined;
    api = clientOf(elsewhere ?? server?.url ?? '');
  });
  afterAll(async () => {
    api?.destroy();
    await server?.close();
  });
  return () => {
    if (api === undefined) throw new Error('the endpoint runs only while tests run');
    return api;
  };
}

/** A name that no other test uses. It does not end like an ARN's suffix, which would be ambiguous. */
export function freshName(): string {
  return `contract/${randomUUID()}/secret`;
}

/** A fresh secret with one version, which is AWSCURRENT. */
export async function aSecret(
  api: SecretsManager,
  value = 'first value',
): Promise<{ id: string; name: string; first: string }> {
  const name = freshName();
  const { ARN: id = '', VersionId: first = '' } = await api.createSecret({ Name: name, SecretString: value });
  return { id, name, first };
}

/** Adds a version with the labels, and tells its id. */
export async function aVersion(
  api: SecretsManager,
  secretId: string,
  value: string,
  stages: string[],
): Promise<string> {
  const { VersionId = '' } = await api.putSecretValue({
    SecretId: secretId,
    ClientRequestToken: randomUUID(),
    SecretString: value,
    VersionStages: stages,
  });
  return VersionId;
}

/** The labels by version id, as DescribeSecret shows them. */
export async function stagesOf(api: SecretsManager, secretId: string): Promise<Record<string, string[]>> {
  const { VersionIdsToStages = {} } = await api.describeSecret({ SecretId: secretId });
  return VersionIdsToStages;
}
