import { randomUUID } from 'node:crypto';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import {
  type SecretsManagerOptions,
  type SecretsManagerServer,
  startSecretsManager,
} from '../../../local/aws/secrets-manager/server';

/** A real SDK client. Dummy credentials do for the embedded endpoint; an error answer is not asked for twice. */
export function clientOf(url: string, accessKeyId = 'dummy'): SecretsManager {
  return new SecretsManager({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey: 'dummy' },
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

/** The labels by version id, as DescribeSecret shows them; versions without any label are left out. */
export async function stagesOf(api: SecretsManager, secretId: string): Promise<Record<string, string[]>> {
  const { VersionIdsToStages = {} } = await api.describeSecret({ SecretId: secretId });
  return Object.fromEntries(Object.entries(VersionIdsToStages).filter(([, stages]) => stages.length > 0));
}
