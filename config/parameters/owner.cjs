// @ts-check
/** Who starts rotations, and when. */
const z = require('zod');
const kinds = require('../parameter-kinds.cjs');
const expressions = require('../schedule-expression.cjs');
const timeZones = require('../time-zone.cjs');

const EXPRESSION = z.string().refine(expressions.isScheduleExpression);
const TIME_ZONE = z.string().refine(timeZones.isTimeZone);
/** EventBridge Scheduler's MaximumWindowInMinutes is 1 to 1440; 0 stands for no window. */
const LONGEST_WINDOW_MINUTES = 1440;

const schedule = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,40}$/),
  secrets: z.array(z.string()).min(1),
  expression: EXPRESSION,
  timezone: TIME_ZONE.optional(),
  windowMinutes: z.int().min(0).max(LONGEST_WINDOW_MINUTES).optional(),
});

/** @typedef {z.infer<typeof schedule>} Schedule */

const expression = {
  expected:
    'rate(value unit), at(yyyy-mm-ddThh:mm:ss) or cron(minutes hours day-of-month month day-of-week year)',
  example: 'cron(0 3 ? * SUN *)',
};
const timezone = { expected: 'the name of a time zone', example: 'Europe/Berlin' };
const windowMinutes = kinds.wholeNumber(0, LONGEST_WINDOW_MINUTES, 0);

module.exports = {
  ROTATION_OWNER: kinds.oneOf(['schedule', 'secrets-manager', 'none']),
  SCHEDULE: { schema: EXPRESSION.optional(), ...expression },
  SCHEDULE_TIMEZONE: { schema: TIME_ZONE.default('UTC'), ...timezone },
  SCHEDULE_WINDOW_MINUTES: windowMinutes,
  SCHEDULES: {
    schema: z.array(schedule).min(1).optional(),
    expected: 'a list of {name, secrets, expression, timezone (optional), windowMinutes (optional)}',
    example:
      '[{name: weekly, secrets: [arn:aws:secretsmanager:…], expression: cron(0 3 ? * SUN *), windowMinutes: 60}]',
    /** What is expected of one field of a schedule. */
    fields: {
      name: { expected: '1 to 40 letters, digits, dots, dashes or underscores', example: 'weekly' },
      secrets: { expected: 'a list of secrets of APP_SECRET_ARNS', example: '[arn:aws:secretsmanager:…]' },
      expression,
      timezone,
      windowMinutes,
    },
  },
  AUTOMATICALLY_AFTER_DAYS: kinds.wholeNumber(1, 1000, 30), // Secrets Manager's limits
  ROTATE_IMMEDIATELY: kinds.flag(),
};
