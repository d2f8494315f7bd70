import { createHash } from 'node:crypto';

/**
 * How an account's marker names the secret that it belongs to: the first 32 hexadecimal digits of the SHA-256 of
 * its ARN. Others can read it, and the ARN, which names account and Region, is not for them.
 */
export function secretMark(secretArn: string): string {
  return createHash('sha256').update(secretArn).digest('hex').slice(0, 32);
}
