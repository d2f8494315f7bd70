import type { MotoDifference } from './moto-difference';
import { SECRET_DIFFERENCES } from './moto-secret-differences';
import { VERSION_DIFFERENCES } from './moto-version-differences';

/** Every known difference. Tests here must not rest on moto in any of these. */
export const MOTO_DIFFERENCES: readonly MotoDifference[] = [...VERSION_DIFFERENCES, ...SECRET_DIFFERENCES];

/** The differences that show in one suite. */
export function differencesIn(suite: string): readonly MotoDifference[] {
  return MOTO_DIFFERENCES.filter((row) => row.suite === suite);
}
