import type { Config } from '../config';
import { MasterMismatchError } from '../errors';
import type { Credential } from '../secrets/credential';

/**
 * The master that acts for an application's secret. The deployer lists the masters; a secret may only choose.
 * @throws {MasterMismatchError}
 */
export function listedMaster(
  credential: Credential,
  { masterSecretArns }: Pick<Config, 'masterSecretArns'>,
): string {
  const [only, ...others] = masterSecretArns;
  if (credential.masterarn === undefined && only !== undefined && others.length === 0) return only;
  const chosen = masterSecretArns.find((arn) => arn === credential.masterarn);
  if (chosen !== undefined) return chosen;
  throw new MasterMismatchError(
    credential.masterarn === undefined
      ? 'the secret names no masterarn and MASTER_SECRET_ARN lists several: add masterarn to the secret'
      : 'masterarn of the secret is not listed in MASTER_SECRET_ARN: correct the secret, or let the deployer list it',
  );
}
