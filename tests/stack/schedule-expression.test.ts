import { isScheduleExpression, rateDays } from '../../config/schedule-expression.cjs';
import { isTimeZone } from '../../config/time-zone.cjs';

const GOOD = [
  'rate(1 day)',
  'rate(12 hours)',
  'rate(90 minutes)',
  'at(2026-12-24T03:00:00)',
  'cron(0 3 ? * SUN *)',
  'cron(0 3 * * ? *)',
  'cron(15 10 ? * 6L 2026-2030)',
  'cron(0/5 8-17 ? * MON-FRI *)',
  'cron(0 18 L * ? *)',
  'cron(0 9 ? * 2#1 *)',
  'cron(0 9 15W JAN,jul ? *)',
  'cron(10 6 1,15 */2 ? *)',
];

const BAD = [
  'every day',
  'rate(0 days)',
  'rate(1.5 days)',
  'rate(2 weeks)',
  'rate(1 day',
  'at(2026-02-30T03:00:00)',
  'at(2026-12-24 03:00)',
  'at(2026-12-24T03:00:00Z)',
  'cron(0 3 * * *)', // five fields, as in a crontab
  'cron(0 3 * * * *)', // a day of the month and a day of the week
  'cron(0 3 ? * ? *)', // neither
  'cron(0 3 ?,5 * SUN *)',
  'cron(? 3 ? * SUN *)',
  'cron(60 3 ? * SUN *)',
  'cron(0 24 ? * SUN *)',
  'cron(0 3 32 * ? *)',
  'cron(0 3 0 * ? *)',
  'cron(0 3 ? 13 SUN *)',
  'cron(0 3 ? * 8 *)',
  'cron(0 3 ? * FOO *)',
  'cron(0 3 ? * FOOL *)',
  'cron(0 3 ? * 2#6 *)',
  'cron(0 3 ? * SUN 2200)',
  'cron(0/0 3 ? * SUN *)',
  'cron(0/5/5 3 ? * SUN *)',
  'cron(1-2-3 3 ? * SUN *)',
  'cron(a b c d e f)',
  'cron()',
  '',
];

test.each(GOOD)('"%s" is a schedule expression', (expression) => {
  expect(isScheduleExpression(expression)).toBe(true);
});

test.each(BAD)('"%s" is no schedule expression', (expression) => {
  expect(isScheduleExpression(expression)).toBe(false);
});

test('the interval of a rate is told in days', () => {
  expect(
    ['rate(2 days)', 'rate(36 hours)', 'rate(720 minutes)', 'cron(0 3 ? * SUN *)'].map(rateDays),
  ).toEqual([2, 1.5, 0.5, undefined]);
});

test.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'America/Port-au-Prince', 'Etc/GMT+5'])(
  '%s is a time zone',
  (name) => {
    expect(isTimeZone(name)).toBe(true);
  },
);

test.each(['', 'Berlin', 'Europe/Atlantis', 'europe/berlin', '+01:00', 'UTC+1'])(
  '"%s" is no time zone',
  (name) => {
    expect(isTimeZone(name)).toBe(false);
  },
);
