import * as z from 'zod';
import { ConfigurationError } from './errors';

/** Settings that name secrets. config/parameters judges the same when packaging; a test keeps the two equal. */

/** Items separated by commas. */
export const list = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

const SECRET_ARN = /^arn:[^:]+:secretsmanager:[^:]+:\d{12}:secret:.+$/;
const TAKEOVER = /^arn:[^:]+:secretsmanager:[^:]+:\d{12}:secret:.+=.+$/;

const listOf = (pattern: RegExp, expected: string) =>
  z
    .string()
    .transform(list)
    .pipe(z.array(z.string().regex(pattern, expected)));

export const secretArns = listOf(SECRET_ARN, 'expected the ARNs of secrets, separated by commas');

/** It was a flag once. What `true` shall mean is the deployer's to say, secret by secret. */
export const repairs = listOf(
  SECRET_ARN,
  'expected the ARNs of the secrets that may be repaired, separated by commas; it is a flag no more, so write those ARNs instead of true, and nothing instead of false',
);

export const takeovers = listOf(
  TAKEOVER,
  'expected <ARN of a secret>=<user name>, several separated by commas',
);

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
