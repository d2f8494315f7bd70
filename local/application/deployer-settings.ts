import type { DatabaseServerAddress } from '../database/database-server';
import type { Cast } from './cast';

/**
 * The deployer's settings and the SDK's, which the functions read from the environment. Those of the shell that
 * would make this another deployment are overruled (an empty one counts as not set); waits, passwords and what
 * is allowed may be tuned.
 */
export function applyDeployerSettings(
  { caBundlePath }: DatabaseServerAddress,
  { appUsers: [first, second] }: Cast,
  { masterArn, services }: { masterArn: string; services: Record<string, string> },
): void {
  Object.assign(process.env, services, {
    MASTER_SECRET_ARN: masterArn,
    APP_USER_1: first,
    APP_USER_2: second,
    DB_CA_BUNDLE_PATH: caBundlePath ?? '',
    DB_ENDPOINTS: '',
  });
  delete process.env['AWS_PROFILE']; // the SDK would prefer it to the credentials above
}
