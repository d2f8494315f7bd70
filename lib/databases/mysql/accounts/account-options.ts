import { quoteText } from '../connection/quote';
import { isObject } from './exact-json';

/** Account options, which are all that ALTER USER sets besides password, lock and marker. */
export interface AccountOptions {
  tls: TlsRequirement;
  /** Per hour, except `userConnections`; 0 is unlimited. */
  limits: { queries: number; updates: number; connections: number; userConnections: number };
  /** MAX_STATEMENT_TIME in seconds; MariaDB only. */
  statementTime?: number;
  /** Days; 0 is never, null the server's default. */
  passwordLifetime: number | null;
  /** MySQL only. */
  policy?: PasswordPolicyOptions;
}

export interface TlsRequirement {
  type: 'NONE' | 'SSL' | 'X509' | 'SPECIFIED';
  cipher: string;
  issuer: string;
  subject: string;
}

export interface PasswordPolicyOptions {
  /** Passwords and days; null is the server's default. */
  history: number | null;
  reuseInterval: number | null;
  requireCurrent: boolean | null;
  /** 0 is off; a lock time of -1 days is unbounded. */
  failedLoginAttempts: number;
  lockTimeDays: number;
  /** ATTRIBUTE, of which COMMENT is a key, without this service's own marker. */
  attributes: Readonly<Record<string, unknown>>;
}

function requireClause({ type, cipher, issuer, subject }: TlsRequirement): string {
  if (type !== 'SPECIFIED') return `REQUIRE ${type}`;
  // Only what is set: an empty CIPHER or SUBJECT would become a requirement that nobody meets.
  const parts = Object.entries({ CIPHER: cipher, ISSUER: issuer, SUBJECT: subject })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name} ${quoteText(value)}`);
  return `REQUIRE ${parts.join(' AND ')}`;
}

function limitsClause({ limits, statementTime }: AccountOptions): string {
  const statement = statementTime === undefined ? '' : ` MAX_STATEMENT_TIME ${statementTime}`;
  return `WITH MAX_QUERIES_PER_HOUR ${limits.queries} MAX_UPDATES_PER_HOUR ${limits.updates} MAX_CONNECTIONS_PER_HOUR ${limits.connections} MAX_USER_CONNECTIONS ${limits.userConnections}${statement}`;
}

function expireClause(days: number | null): string {
  if (days === null) return 'PASSWORD EXPIRE DEFAULT';
  return days === 0 ? 'PASSWORD EXPIRE NEVER' : `PASSWORD EXPIRE INTERVAL ${days} DAY`;
}

/** `undefined` stands for a key that is to go; the patch says null for it (RFC 7396). */
function mergePatch(from: unknown, to: unknown): unknown {
  if (!isObject(to)) return to;
  const source = isObject(from) ? from : {};
  const gone = Object.keys(source).filter((key) => !Object.hasOwn(to, key));
  return Object.fromEntries([
    ...Object.entries(to).map(([key, value]) => [key, mergePatch(source[key], value)]),
    ...gone.map((key) => [key, null]),
  ]);
}

function policyClauses(wanted: PasswordPolicyOptions, actual: PasswordPolicyOptions | undefined): string[] {
  const orDefault = (value: number | null, unit = '') => (value === null ? 'DEFAULT' : `${value}${unit}`);
  const current = { true: '', false: ' OPTIONAL', null: ' DEFAULT' }[`${wanted.requireCurrent}`];
  const lockTime = wanted.lockTimeDays === -1 ? 'UNBOUNDED' : wanted.lockTimeDays;
  const patch = mergePatch(actual?.attributes, wanted.attributes);
  return [
    `PASSWORD HISTORY ${orDefault(wanted.history)}`,
    `PASSWORD REUSE INTERVAL ${orDefault(wanted.reuseInterval, ' DAY')}`,
    `PASSWORD REQUIRE CURRENT${current}`,
    `FAILED_LOGIN_ATTEMPTS ${wanted.failedLoginAttempts} PASSWORD_LOCK_TIME ${lockTime}`,
    ...(sameValue(wanted.attributes, actual?.attributes ?? {})
      ? []
      : [`ATTRIBUTE ${quoteText(JSON.stringify(patch))}`]),
  ];
}

/** The clauses of ALTER USER that turn `actual` into `wanted`. All are named, because an absent one keeps what was. */
export function optionClauses(wanted: AccountOptions, actual: AccountOptions): string {
  return [
    requireClause(wanted.tls),
    limitsClause(wanted),
    expireClause(wanted.passwordLifetime),
    ...(wanted.policy === undefined ? [] : policyClauses(wanted.policy, actual.policy)),
  ].join(' ');
}

/** JSON with sorted keys, equal for equal values. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    isObject(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
  );
}

function sameValue(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

const flat = ({ tls, limits, statementTime, passwordLifetime, policy }: AccountOptions) => ({
  REQUIRE: tls,
  'resource limits': { ...limits, statementTime },
  'PASSWORD EXPIRE': passwordLifetime,
  'PASSWORD HISTORY': policy?.history,
  'PASSWORD REUSE INTERVAL': policy?.reuseInterval,
  'PASSWORD REQUIRE CURRENT': policy?.requireCurrent,
  FAILED_LOGIN_ATTEMPTS: [policy?.failedLoginAttempts, policy?.lockTimeDays],
  ATTRIBUTE: policy?.attributes,
});

/** Names of the options in which two accounts differ. */
export function differingOptions(wanted: AccountOptions, actual: AccountOptions): string[] {
  const [left, right] = [flat(wanted), flat(actual)];
  return (Object.keys(left) as (keyof typeof left)[]).filter((name) => !sameValue(left[name], right[name]));
}
