import * as z from 'zod';
import { ConfigurationError } from './errors';
import { isWholeSecretArn, suffixHint } from './secrets/secret-arn';

/** Settings that name secrets. config/parameters judges the same when packaging; a test keeps the two equal. */

/** Items separated by commas. */
export const list = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** @param arnIn the part of an item that must be a whole ARN; undefined for an item of another form */
const listOf = (expected: string, arnIn: (item: string) => string | undefined = (item) => item) =>
  z
    .string({ error: 'environment variable is not set' })
    .transform(list)
    .superRefine((items, context) => {
      const found = items.find((item) => !isWholeSecretArn(arnIn(item) ?? ''));
      if (found === undefined) return;
      context.addIssue(`expected ${expected}; found "${found}"${suffixHint(arnIn(found) ?? '')}`);
    });

export const secretArns = listOf('the whole ARNs of secrets, separated by commas');

export const requiredSecretArns = secretArns.refine(
  (arns) => arns.length > 0,
  'environment variable is not set',
);

/** It was a flag once. What `true` shall mean is the deployer's to say, secret by secret. */
export const repairs = listOf(
  'the whole ARNs of the secrets that may be repaired, separated by commas; it is a flag no more, so write those ARNs instead of true, and nothing instead of false',
);

/** A secret's name may hold `=`, and a user's name too: the ARN ends at the first `=` behind which it is whole. */
export const takeovers = listOf(
  '<whole ARN of a secret>=<user name>, several separated by commas',
  arnOfTakeover,
);

function arnOfTakeover(item: string): string | undefined {
  const ends = [...item.matchAll(/=(?=.)/g)].map(({ index }) => item.slice(0, index));
  return ends.find(isWholeSecretArn) ?? ends[0];
}

/**
 * Requires that exceptions are about secrets that the deployment rotates, where it lists those.
 * @throws {ConfigurationError} naming the setting and the item.
 */
export function requireOwnSecrets({
  APP_SECRET_ARNS: arns,
  ALLOW_REPAIR,
  ALLOW_TAKEOVER,
}: Record<'APP_SECRET_ARNS' | 'ALLOW_REPAIR' | 'ALLOW_TAKEOVER', readonly string[]>): void {
  if (arns.length === 0) return;
  const isOwn = (item: string) => arns.some((arn) => item === arn || item.startsWith(`${arn}=`));
  for (const [name, items] of Object.entries({ ALLOW_REPAIR, ALLOW_TAKEOVER })) {
    const strange = items.find((item) => !isOwn(item));
    if (strange === undefined) continue;
    throw new ConfigurationError(`${name} expected secrets that APP_SECRET_ARNS lists, found ${strange}`);
  }
}
