import * as z from 'zod';
import { refusal } from './errors';

/** Request members that several operations share, with the limits of AWS's API model. */

export const arn = z.string().min(1).max(256);

export const name = z.string().min(1).max(80);

/** 0 means the default, which is `page.ts`'s business. */
export const pageRequest = {
  maxResults: z.int().min(0).max(1000).optional(),
  nextToken: z.string().min(1).max(3096).optional(),
};

/** White space, brackets, wildcards, special, control and invalid characters, as the API reference lists them. */
const FORBIDDEN_IN_NAMES = /[\s<>{}[\]?*"#%\\^|~`$&,;:/]|\p{Cc}|[^\u{0}-\u{D7FF}\u{E000}-\u{FFFD}]/u;

/** @throws InvalidName */
export function requireName(found: string): void {
  if (FORBIDDEN_IN_NAMES.test(found)) throw refusal('InvalidName', `Invalid Name: '${found}'`);
}
