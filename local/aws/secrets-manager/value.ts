import { z } from 'zod';
import { invalidParameter } from './errors';

/** AWS: "The secret value … can be up to 65,536 bytes"; for a string the bytes of its UTF-8 form count. */
const MAX_VALUE_BYTES = 65_536;

const TOO_LONG = `Member must have length less than or equal to ${MAX_VALUE_BYTES}`;

/** What a version holds: text, or bytes in the base64 form in which the protocol carries them. */
export type SecretValue = { readonly SecretString: string } | { readonly SecretBinary: string };

/** The two request members that carry a value; which of them may be present is judged by `readValue`. */
export const valueShape = {
  SecretString: z
    .string()
    .min(1)
    .refine((text) => Buffer.byteLength(text) <= MAX_VALUE_BYTES, TOO_LONG)
    .optional(),
  SecretBinary: z
    .base64()
    .min(1)
    .refine((base64) => Buffer.from(base64, 'base64').length <= MAX_VALUE_BYTES, TOO_LONG)
    .optional(),
};

interface ValueRequest {
  SecretString?: string | undefined;
  SecretBinary?: string | undefined;
}

/** The value that a request carries, or `undefined` when it carries none. */
export function readValue({ SecretString, SecretBinary }: ValueRequest): SecretValue | undefined {
  if (SecretString !== undefined && SecretBinary !== undefined) {
    throw invalidParameter(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
  if (SecretString !== undefined) return { SecretString };
  if (SecretBinary !== undefined) return { SecretBinary };
  return undefined;
}

/** Whether two values are the same data; the text "YQ==" and the byte it encodes are not. */
export function isSameValue(one: SecretValue, other: SecretValue): boolean {
  if ('SecretString' in one) return 'SecretString' in other && one.SecretString === other.SecretString;
  return 'SecretBinary' in other && one.SecretBinary === other.SecretBinary;
}
