import { resolve } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { StackSettings } from '../stack/deployed-stack';

/** Where AWS is, and how it is called; what depends on this machine's files and profiles is resolved below. */
const SDK_SETTING = /^AWS_(ENDPOINT_URL|USE_)/;

/** The stage `local` is packaged with examples for these; a deployment without them has none. */
const REQUIRED = { MASTER_SECRET_ARN: '', APP_SECRET_ARNS: '' };

interface SettingsOptions {
  /** Show the functions' log. */
  verbose: boolean;
}

/**
 * The settings of this process's environment as a deployment has them: parameters for the functions that the template
 * gives them to, and what Lambda adds by itself. Read at every call.
 */
export function functionSettings({
  verbose,
}: SettingsOptions): Pick<StackSettings, 'parameters' | 'runtime'> {
  let caller: SecretsManagerClient | undefined;
  return {
    parameters: () => {
      const { DB_CA_BUNDLE_PATH: caBundle = '' } = process.env;
      // A function starts in its own folder, not in this one.
      const authorities = caBundle === '' ? {} : { DB_CA_BUNDLE_PATH: resolve(caBundle) };
      return { ...REQUIRED, ...process.env, ...authorities };
    },
    runtime: async () => {
      const sdk = Object.entries(process.env).filter(([name]) => SDK_SETTING.test(name));
      caller ??= new SecretsManagerClient({});
      return {
        ...(Object.fromEntries(sdk) as Record<string, string>),
        ...(await identityOf(caller)),
        POWERTOOLS_LOG_LEVEL: verbose ? 'INFO' : 'SILENT',
      };
    },
  };
}

/** Region and credentials as Lambda puts them into a function's environment, wherever the SDK has found them here. */
async function identityOf({ config }: SecretsManagerClient): Promise<Record<string, string>> {
  const { accessKeyId, secretAccessKey, sessionToken } = await config.credentials();
  return {
    AWS_REGION: await config.region(),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
  };
}
