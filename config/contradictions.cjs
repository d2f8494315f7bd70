// @ts-check
/**
 * What no single parameter shows: values that need each other, or exclude each other. Rules are asked in order,
 * and each names the parameter that a deployer should change.
 */
const arns = require('./arn.cjs');
const expressions = require('./schedule-expression.cjs');
const network = require('./network-contradictions.cjs');
const sizes = require('./size-contradictions.cjs');

/**
 * @typedef {import('./parameters.cjs').Parameters} Parameters
 * @typedef {import('./parameters.cjs').Name} Name
 * @typedef {{ name: Name, expected: string, found?: unknown, example?: string }} Contradiction
 * @typedef {(parameters: Parameters, isSet: (name: Name) => boolean) => Contradiction | undefined} Rule
 */

/** A rotation may start late in its window, fail, and be mended, before anybody is called. */
const RESERVE_DAYS = 5;

/**
 * Days without a successful rotation after which people are called.
 * @param {Parameters} parameters
 */
const overdueAfterDays = ({ OVERDUE_AFTER_DAYS: days, AUTOMATICALLY_AFTER_DAYS: interval }) =>
  days ?? interval + RESERVE_DAYS;

/** @type {Rule} */
function secretsAreNamed({ APP_SECRET_ARNS: apps, MASTER_SECRET_ARN: masters }) {
  if (apps.length === 0)
    return {
      name: 'APP_SECRET_ARNS',
      expected: 'the ARN of every secret that may be rotated, separated by commas',
    };
  if (masters.length === 0)
    return {
      name: 'MASTER_SECRET_ARN',
      expected: "the ARN of the master's secret, several separated by commas",
    };
  const twice = apps.find((arn, index) => apps.indexOf(arn) !== index || masters.includes(arn));
  if (twice === undefined) return undefined;
  return {
    name: 'APP_SECRET_ARNS',
    expected: 'each secret once, and none that MASTER_SECRET_ARN names',
    found: twice,
  };
}

/** @type {Rule} */
function usersComeInPairs({ APP_USER_1: first, APP_USER_2: second }) {
  if (first === undefined && second === undefined) return undefined;
  if (first === undefined || second === undefined) {
    const missing = first === undefined ? 'APP_USER_1' : 'APP_USER_2';
    return { name: missing, expected: 'both users of the pair, APP_USER_1 and APP_USER_2, or neither' };
  }
  if (first !== second) return undefined;
  return { name: 'APP_USER_2', expected: 'another user than APP_USER_1', found: second };
}

/**
 * With several masters, an endpoint of nobody's would be every master's, and the password of one could be sent to the
 * server of another.
 * @type {Rule}
 */
function endpointsHaveMasters({ DB_ENDPOINTS: endpoints, MASTER_SECRET_ARN: masters }) {
  /** @param {string} entry an ARN may contain "=", an endpoint does not */
  const masterOf = (entry) => entry.slice(0, Math.max(0, entry.lastIndexOf('=')));
  const strange = endpoints.find((entry) =>
    masterOf(entry) === '' ? masters.length > 1 : !masters.includes(masterOf(entry)),
  );
  if (strange === undefined) return undefined;
  const place = strange.slice(strange.lastIndexOf('=') + 1);
  return {
    name: 'DB_ENDPOINTS',
    expected:
      masterOf(strange) === ''
        ? "<ARN of the master's secret>=host:port, because MASTER_SECRET_ARN lists several masters"
        : 'a master that MASTER_SECRET_ARN lists before the "="',
    found: strange,
    example: `${masters[0]}=${place}`,
  };
}

/**
 * Two secrets of one server that alternate between the same two users would take each other's password away. With one
 * master and no DB_ENDPOINTS there is one server.
 * @type {Rule}
 */
function pairIsOfOneSecret({
  APP_USER_1: first,
  APP_SECRET_ARNS: apps,
  MASTER_SECRET_ARN: masters,
  DB_ENDPOINTS,
}) {
  if (first === undefined || apps.length < 2 || masters.length > 1 || DB_ENDPOINTS.length > 0)
    return undefined;
  return {
    name: 'APP_USER_1',
    expected:
      'no pair of users, because APP_SECRET_ARNS lists several secrets, which would share it on one server',
    found: first,
    example: 'a stage of its own for the secret of that pair, or leave APP_USER_1 and APP_USER_2 out',
  };
}

/** @type {Rule} */
function exceptionsAreOfOwnSecrets({ APP_SECRET_ARNS: apps, ALLOW_REPAIR, ALLOW_TAKEOVER }) {
  const expected = 'secrets that APP_SECRET_ARNS lists';
  const repair = ALLOW_REPAIR.find((item) => !apps.includes(item));
  if (repair !== undefined) return { name: 'ALLOW_REPAIR', expected, found: repair };
  const takeover = ALLOW_TAKEOVER.find((item) => !apps.some((arn) => item.startsWith(`${arn}=`)));
  return takeover === undefined ? undefined : { name: 'ALLOW_TAKEOVER', expected, found: takeover };
}

/** A layer is only read at the path that was given. */
/** @type {Rule} */
function authoritiesAreWhole({ DB_CA_BUNDLE_LAYER_ARN: layer, DB_CA_BUNDLE_PATH: path }) {
  if (layer === undefined || path !== undefined) return undefined;
  return {
    name: 'DB_CA_BUNDLE_PATH',
    expected: 'the path of a file in DB_CA_BUNDLE_LAYER_ARN, which is set',
  };
}

/** @type {Name[]} */
const OF_SCHEDULES = ['SCHEDULE', 'SCHEDULES', 'SCHEDULE_TIMEZONE', 'SCHEDULE_WINDOW_MINUTES'];
/** @type {Name[]} */
const OF_SECRETS_MANAGER = ['AUTOMATICALLY_AFTER_DAYS', 'ROTATE_IMMEDIATELY'];

/** @type {Rule} */
function ownerIsOne({ ROTATION_OWNER: owner = 'none' }, isSet) {
  const scheduled = OF_SCHEDULES.find(isSet);
  if (scheduled !== undefined && owner !== 'schedule')
    return { name: 'ROTATION_OWNER', expected: `schedule, because ${scheduled} is set`, found: owner };
  const managed = OF_SECRETS_MANAGER.find(isSet);
  if (managed !== undefined && owner !== 'secrets-manager')
    return {
      name: 'ROTATION_OWNER',
      expected: `secrets-manager, because ${managed} is set`,
      found: owner,
      example: 'secrets-manager',
    };
  if (owner !== 'schedule') return undefined;
  if (isSet('SCHEDULE') && isSet('SCHEDULES'))
    return { name: 'SCHEDULES', expected: 'SCHEDULE for all secrets or SCHEDULES, not both', found: 'both' };
  if (isSet('SCHEDULE') || isSet('SCHEDULES')) return undefined;
  return { name: 'SCHEDULE', expected: 'a schedule expression, because ROTATION_OWNER is schedule' };
}

/** @type {Rule} */
function schedulesShareNothing({ SCHEDULES: schedules = [], APP_SECRET_ARNS: apps }) {
  const names = schedules.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    return { name: 'SCHEDULES', expected: 'a name of its own for each schedule', found: twice };
  const secrets = schedules.flatMap((schedule) => schedule.secrets);
  const strange = secrets.find((arn) => !apps.includes(arn));
  if (strange !== undefined) {
    const meant = apps.find((arn) => arns.isPartOf(strange, arn));
    return {
      name: 'SCHEDULES',
      expected: `secrets that APP_SECRET_ARNS names${meant === undefined ? '' : ', with the dash and six characters at the end'}`,
      found: strange,
      ...(meant === undefined ? {} : { example: meant }),
    };
  }
  const repeated = secrets.find((arn, index) => secrets.indexOf(arn) !== index);
  if (repeated === undefined) return undefined;
  return { name: 'SCHEDULES', expected: 'each secret in one schedule', found: repeated };
}

/** Days between two rotations, as far as they can be told: a cron's are not computed. */
function longestInterval(/** @type {Parameters} */ parameters) {
  if (parameters.ROTATION_OWNER === 'secrets-manager') return parameters.AUTOMATICALLY_AFTER_DAYS;
  const { SCHEDULE: all = '', SCHEDULES: schedules = [] } = parameters;
  const given = [all, ...schedules.map(({ expression }) => expression)];
  return Math.max(...given.map((expression) => expressions.rateDays(expression) ?? 0));
}

/** @type {Rule} */
function alarmOutlastsInterval(parameters) {
  const longest = longestInterval(parameters);
  if (overdueAfterDays(parameters) > longest) return undefined;
  return {
    name: 'OVERDUE_AFTER_DAYS',
    expected: `more than the ${longest} days between two rotations`,
    found: parameters.OVERDUE_AFTER_DAYS,
    example: String(Math.ceil(longest) + RESERVE_DAYS),
  };
}

/** @type {Rule[]} */
const RULES = [
  secretsAreNamed,
  usersComeInPairs,
  pairIsOfOneSecret,
  exceptionsAreOfOwnSecrets,
  ownerIsOne,
  schedulesShareNothing,
  alarmOutlastsInterval,
  network.findNetworkContradiction,
  endpointsHaveMasters,
  authoritiesAreWhole,
  sizes.listsFit,
];

/**
 * @param {Parameters} parameters
 * @param {string[]} set the names of those that were given
 * @returns {Contradiction | undefined} the first one
 */
function findContradiction(parameters, set) {
  for (const rule of RULES) {
    const contradiction = rule(parameters, (name) => set.includes(name));
    if (contradiction !== undefined) return contradiction;
  }
  return undefined;
}

module.exports = { findContradiction, overdueAfterDays };
