import type { Cast } from '../application/cast';
import { applyDeployerSettings } from '../application/deployer-settings';
import type { DatabaseServerAddress } from '../database/database-server';
import { CREDENTIALS, REGION, type DemoSecrets } from './demo-secrets';

/** Those of the shell that would change the play are overruled too; waits and passwords may be tuned. */
export function applyDemoSettings(
  server: DatabaseServerAddress,
  cast: Cast,
  { url, masterArn }: DemoSecrets,
): void {
  applyDeployerSettings(server, cast, {
    masterArn,
    services: {
      AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    },
  });
  Object.assign(process.env, {
    DB_ALLOW_PLAINTEXT_FALLBACK: '',
    ALLOW_INITIAL_SETUP: '',
    ALLOW_PRIVILEGED_USERS: '',
  });
}
