import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { logsIn, read, type Input } from './naive-access';

/** How not to do it: a login is all the proof that is asked for. */
export async function handler({ state }: Input): Promise<Record<string, unknown>> {
  const { secretArn, schemaVersion, versionId, pendingUser } = state;
  if (!(await logsIn(await read(new SecretsManagerClient({}), secretArn, 'AWSPENDING')))) {
    throw new Error('the pending secret does not log in');
  }
  return { schemaVersion, versionId, account: pendingUser, redriveCount: 0 };
}
