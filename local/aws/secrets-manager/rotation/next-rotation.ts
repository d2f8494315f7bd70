import { rateOf, type RotationRules } from './rotation-rules';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * NextRotationDate: the end of the window in which the next rotation falls, because AWS gives a date "on or before"
 * which it occurs. Windows start at midnight UTC, for a rate in hours at the full hour; without a Duration they last
 * to the end of the day, or for one hour. `undefined` for a `cron()`: nothing here needs its date.
 */
export function nextRotationDate(rules: RotationRules | undefined, from: Date): Date | undefined {
  const rate = rules && rateOf(rules);
  if (rate === undefined) return undefined;
  const unitMs = rate.unit === 'day' ? DAY_MS : HOUR_MS;
  const windowStart = Math.floor(from.getTime() / unitMs) * unitMs + rate.count * unitMs;
  const windowMs = rules?.Duration === undefined ? unitMs : Number.parseInt(rules.Duration) * HOUR_MS;
  return new Date(windowStart + windowMs - 1000); // AWS: 23:59:59 for a window that ends with the day
}
