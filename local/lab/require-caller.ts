import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { messageOf } from '../database/failure';

/**
 * Asks the SDK for its Region and credentials before anything runs: a step that lacks them takes Secrets
 * Manager for unreachable, and tries again and again.
 * @throws {Error} saying what is missing.
 */
export async function requireCaller(): Promise<void> {
  const client = new SecretsManagerClient({});
  try {
    await client.config.region().catch((error: unknown) => missing('Region', 'give --region', error));
    await client.config
      .credentials()
      .catch((error: unknown) => missing('credentials', 'set AWS_PROFILE, or log in', error));
  } finally {
    client.destroy();
  }
}

function missing(what: string, help: string, error: unknown): never {
  throw new Error(`The AWS SDK finds no ${what}: ${help} (${messageOf(error)})`);
}
