import type { Config } from '../config';
import { MasterMismatchError } from '../errors';
import type { Credential } from '../secrets/credential';
import { differenceOf } from '../secrets/secret-arn';

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
  if (credential.masterarn === undefined) {
    throw new MasterMismatchError(
      'the secret names no masterarn and MASTER_SECRET_ARN lists several: add masterarn to the secret',
    );
  }
  requireListed(credential.masterarn, { masterSecretArns });
  return credential.masterarn;
}

/** @throws {MasterMismatchError} when the deployer did not list this master. */
export function requireListed(
  masterArn: string,
  { masterSecretArns }: Pick<Config, 'masterSecretArns'>,
): void {
  if (masterSecretArns.includes(masterArn)) return;
  throw new MasterMismatchError(
    `masterarn of the secret is not listed in MASTER_SECRET_ARN: ${differenceOf(masterArn, masterSecretArns)}; correct the secret, or let the deployer list it`,
  );
}
