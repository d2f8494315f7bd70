import type { DatabaseServerAddress } from '../database/database-server';
import type { Cast } from './cast';
import { CREDENTIALS, REGION, type DemoSecrets } from './demo-secrets';

/**
 * The deployer's settings, which the steps read from the environment, and the SDK's. Those of the shell that
 * would change the play are overruled (an empty one counts as not set); waits and passwords may be tuned.
 */
export function applyDemoSettings(
  { caBundlePath }: DatabaseServerAddress,
  { appUsers }: Cast,
  { url, masterArn }: DemoSecrets,
): void {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    MASTER_SECRET_ARN: masterArn,
    APP_USER_1: appUsers[0],
    APP_USER_2: appUsers[1],
    DB_CA_BUNDLE_PATH: caBundlePath ?? '',
    DB_ENDPOINTS: '',
    DB_ALLOW_PLAINTEXT_FALLBACK: '',
    ALLOW_INITIAL_SETUP: '',
    ALLOW_PRIVILEGED_USERS: '',
  });
  delete process.env['AWS_PROFILE']; // the SDK would prefer it to the credentials above
}
