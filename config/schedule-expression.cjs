// @ts-check
/**
 * The schedule expressions of EventBridge Scheduler: rate(), at() and cron() (EventBridge Scheduler user guide,
 * "Schedule types"). A wrong one would otherwise be refused by CloudFormation, minutes into a deployment.
 */

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * @typedef {object} Field
 * @property {number} least
 * @property {number} most
 * @property {string[]} [names] for `least` and the values after it
 * @property {RegExp} [special] what the field takes besides values, ranges and steps
 */

/** @type {Field[]} */
const FIELDS = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31, special: /^(?:L|LW|(?:[1-9]|[12]\d|3[01])W)$/ },
  { least: 1, most: 12, names: MONTHS },
  {
    least: 1,
    most: 7,
    names: DAYS,
    special: /^(?:L|(?:[1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(?:L|#[1-5]))$/,
  },
  { least: 1970, most: 2199 },
];
const DAY_OF_MONTH = 2;
const DAY_OF_WEEK = 4;

/**
 * @param {string} text
 * @param {Field} field
 * @returns {number} NaN when the text is no value of the field
 */
function valueOf(text, { least, most, names = [] }) {
  const named = names.indexOf(text.toUpperCase());
  if (named >= 0) return least + named;
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  return value >= least && value <= most ? value : NaN;
}

/**
 * One item of a field's list: `*`, `5`, `MON-FRI`, `0/15`, `8-17/2`.
 * @param {string} item
 * @param {Field} field
 */
function isItem(item, field) {
  if (field.special?.test(item)) return true;
  const [range = '', step, ...rest] = item.split('/');
  if (rest.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === '*') return true;
  const bounds = range.split('-').map((text) => valueOf(text, field));
  return bounds.length <= 2 && bounds.every((bound) => !Number.isNaN(bound));
}

/** @param {string} text six fields */
function isCron(text) {
  const fields = text.split(/\s+/);
  if (fields.length !== FIELDS.length) return false;
  // "You can't specify the day-of-month and day-of-week fields in the same cron expression": one of them is `?`.
  if ((fields[DAY_OF_MONTH] === '?') === (fields[DAY_OF_WEEK] === '?')) return false;
  const isDay = (/** @type {number} */ index) => index === DAY_OF_MONTH || index === DAY_OF_WEEK;
  return fields.every((text, index) => {
    if (text === '?') return isDay(index);
    const field = FIELDS[index];
    return field !== undefined && text.split(',').every((item) => isItem(item, field));
  });
}

/** @param {string} text a local time */
function isMoment(text) {
  const moment = new Date(`${text}Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(`${text}.`);
}

/** @type {Record<string, number>} */
const UNIT_DAYS = { minute: 1 / 1440, hour: 1 / 24, day: 1 };
const RATE = /^rate\((\d+) (minute|hour|day)s?\)$/;

/**
 * @param {string} expression
 * @returns {number | undefined} days between two runs, of a rate() only
 */
function rateDays(expression) {
  const [, value = '', unit = ''] = RATE.exec(expression) ?? [];
  return value === '' ? undefined : Number(value) * (UNIT_DAYS[unit] ?? NaN);
}

/** @param {string} expression */
function isScheduleExpression(expression) {
  const rate = rateDays(expression);
  if (rate !== undefined) return rate > 0;
  const [, kind, inner = ''] = /^(cron|at)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'cron') return isCron(inner);
  return kind === 'at' && isMoment(inner);
}

module.exports = { isScheduleExpression, rateDays };
