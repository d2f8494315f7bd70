import { z } from 'zod';
import { invalidParameter } from '../errors';

/** RotationRules with the limits of AWS's API reference. */
export const rotationRules = z.object({
  AutomaticallyAfterDays: z.int().min(1).max(1000).optional(),
  Duration: z.string().min(2).max(3).optional(),
  ScheduleExpression: z.string().min(1).max(256).optional(),
});

export type RotationRules = z.output<typeof rotationRules>;

/** AWS: "You can rotate a secret as often as every four hours." */
const SHORTEST_RATE_HOURS = 4;
const RATE = /^rate\((\d+) (hour|day)s?\)$/;
/** Minutes, of which AWS allows only 0, then hours, day of month, month, day of week and year. */
const CRON = /^cron\(0( [\dA-Za-z#?*/,-]+){5}\)$/;

/** The distance between two rotations of a `rate()`. */
interface Rate {
  readonly count: number;
  readonly unit: 'hour' | 'day';
}

/** How often the rules rotate; `undefined` without a schedule and for a `cron()`, which this endpoint never fires. */
export function rateOf({ AutomaticallyAfterDays, ScheduleExpression }: RotationRules): Rate | undefined {
  if (AutomaticallyAfterDays !== undefined) return { count: AutomaticallyAfterDays, unit: 'day' };
  const [, count, unit] = RATE.exec(ScheduleExpression ?? '') ?? [];
  return count === undefined ? undefined : { count: Number(count), unit: unit === 'hour' ? 'hour' : 'day' };
}

/** Refuses rules that contradict themselves or that AWS could not read. */
export function requireRules(rules: RotationRules): void {
  const { AutomaticallyAfterDays, ScheduleExpression, Duration } = rules;
  if (AutomaticallyAfterDays !== undefined && ScheduleExpression !== undefined) {
    throw invalidParameter('You can set AutomaticallyAfterDays or ScheduleExpression, but not both.');
  }
  if (Duration !== undefined && !/^([1-9]|1\d|2[0-4])h$/.test(Duration)) {
    throw invalidParameter('RotationRules.Duration must be a number of hours, for example 3h.');
  }
  if (ScheduleExpression === undefined || CRON.test(ScheduleExpression)) return;
  const rate = rateOf(rules);
  if (rate === undefined || rate.count < (rate.unit === 'hour' ? SHORTEST_RATE_HOURS : 1)) {
    throw invalidParameter('RotationRules.ScheduleExpression is not a valid rate() or cron() expression.');
  }
}
