import type { Config } from '../config';
import { RotationError } from '../errors';
import { parseCredential, type Credential } from '../secrets/credential';
import type { SecretStore } from '../secrets/secret-store';

/** Each costs a call. A deployment lists 40 secrets at most (config/parameters/secrets.cjs). */
const MOST_SECRETS = 50;

/** GetSecretValue allows thousands of calls a second; this keeps one rotation from taking them all. */
const AT_ONCE = 10;

export interface OtherSecret {
  arn: string;
  current: Credential;
}

/**
 * AWSCURRENT of the deployer's other secrets. A secret that cannot be read, or is not of a database, is not
 * compared: it must not be able to stop the rotations of the others.
 */
export async function readOtherSecrets(
  secrets: SecretStore,
  secretArn: string,
  { appSecretArns }: Pick<Config, 'appSecretArns'>,
): Promise<{ others: OtherSecret[]; notCompared: string[] }> {
  const listed = appSecretArns.filter((arn) => arn !== secretArn);
  const others: OtherSecret[] = [];
  for (let start = 0; start < Math.min(listed.length, MOST_SECRETS); start += AT_ONCE) {
    const some = listed.slice(start, Math.min(start + AT_ONCE, MOST_SECRETS));
    const read = await Promise.all(some.map((arn) => readOther(secrets, arn)));
    others.push(...read.filter((other) => other !== undefined));
  }
  const compared = new Set(others.map(({ arn }) => arn));
  return { others, notCompared: listed.filter((arn) => !compared.has(arn)) };
}

async function readOther(secrets: SecretStore, arn: string): Promise<OtherSecret | undefined> {
  try {
    const value = await secrets.read(arn, { stage: 'AWSCURRENT' });
    return value && { arn, current: parseCredential(value.text, `AWSCURRENT of ${arn}`) };
  } catch (error) {
    if (error instanceof RotationError) return undefined;
    throw error;
  }
}
