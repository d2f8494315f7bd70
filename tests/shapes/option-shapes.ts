import { literal, type Shape } from './shape';

/** Becomes SQL where a printed account is replayed. */
const INJECTION = "/CN=a' ACCOUNT LOCK COMMENT 'pwned";

/** Limits, certificates, and rules for the password. */
export const optionShapes: readonly Shape[] = [
  { name: 'a limit of queries', options: 'WITH MAX_QUERIES_PER_HOUR 100000' },
  { name: 'a limit of updates', options: 'WITH MAX_UPDATES_PER_HOUR 7' },
  { name: 'a limit of connections', options: 'WITH MAX_CONNECTIONS_PER_HOUR 100000' },
  {
    name: 'every limit',
    options:
      'WITH MAX_QUERIES_PER_HOUR 100001 MAX_UPDATES_PER_HOUR 2 MAX_CONNECTIONS_PER_HOUR 100003 MAX_USER_CONNECTIONS 4',
  },
  { name: 'a limit of time', on: 'MariaDB', options: 'WITH MAX_STATEMENT_TIME 2.5' },
  { name: 'TLS', options: 'REQUIRE SSL' },
  { name: 'a certificate', options: 'REQUIRE X509', logsIn: false },
  { name: 'an issuer', options: "REQUIRE ISSUER '/C=X/CN=it\\\\a'", logsIn: false },
  {
    name: 'an issuer, a subject and a cipher, with quotes',
    options: `REQUIRE ISSUER ${literal(`/CN="a" 'b' \\ %`)} AND SUBJECT ${literal("/CN=ü'")} AND CIPHER 'X-Y'`,
    logsIn: false,
  },
  { name: 'a subject that is SQL', options: `REQUIRE SUBJECT ${literal(INJECTION)}`, logsIn: false },
  {
    name: 'an issuer that looks like a grant option',
    options: `REQUIRE ISSUER ${literal("x' WITH GRANT OPTION")}`,
    rights: ({ user }) => [`GRANT PROCESS ON *.* TO ${user}`],
    logsIn: false,
  },
  {
    name: 'certificates beside limits and the grant option',
    options: `REQUIRE SUBJECT '/CN=a' WITH MAX_USER_CONNECTIONS 9`,
    rights: ({ user }) => [`GRANT PROCESS ON *.* TO ${user} WITH GRANT OPTION`],
    logsIn: false,
  },
  { name: 'a password that never expires', options: 'PASSWORD EXPIRE NEVER' },
  { name: 'a password that lives 40 days', options: 'PASSWORD EXPIRE INTERVAL 40 DAY' },
  {
    name: 'a password that has expired',
    options: 'PASSWORD EXPIRE INTERVAL 30 DAY',
    rights: ({ user }) => [`ALTER USER ${user} PASSWORD EXPIRE`],
    currentLogsIn: false,
  },
  { name: 'an account that is locked', options: 'ACCOUNT LOCK', currentLogsIn: false },
  {
    name: 'a history of passwords',
    on: 'MySQL',
    options: 'PASSWORD HISTORY 4 PASSWORD REUSE INTERVAL 9 DAY',
  },
  {
    name: 'no history of passwords, whatever the default',
    on: 'MySQL',
    options: 'PASSWORD HISTORY 0 PASSWORD REUSE INTERVAL 0 DAY',
  },
  { name: 'the current password for a new one', on: 'MySQL', options: 'PASSWORD REQUIRE CURRENT' },
  { name: 'no current password for a new one', on: 'MySQL', options: 'PASSWORD REQUIRE CURRENT OPTIONAL' },
  {
    name: 'a lock after failed logins',
    on: 'MySQL',
    options: 'FAILED_LOGIN_ATTEMPTS 3 PASSWORD_LOCK_TIME 2',
  },
  {
    name: 'a lock for ever after one failed login',
    on: 'MySQL',
    options: 'FAILED_LOGIN_ATTEMPTS 1 PASSWORD_LOCK_TIME UNBOUNDED',
  },
  { name: 'a lock time without failed logins', on: 'MySQL', options: 'PASSWORD_LOCK_TIME 5' },
  { name: 'a comment', on: 'MySQL', options: `COMMENT ${literal('it\'s a "comment" \\ ü')}` },
  {
    name: 'nested attributes',
    on: 'MySQL',
    options: `ATTRIBUTE ${literal('{"team":{"a":[1,{"b":null}],"c":"x"},"comment":"hi \'you\'","n":1.5,"t":true}')}`,
  },
  {
    name: 'attributes with numbers that JavaScript would round',
    on: 'MySQL',
    options: `ATTRIBUTE '{"n": 12345678901234567890, "m": [9007199254740993, -9007199254740993], "o": {"p": 18446744073709551615}}'`,
  },
  {
    name: 'attributes with numbers that JavaScript would write in another form',
    on: 'MySQL',
    options: `ATTRIBUTE '{"one": 1.0, "hundred": 1e2, "large": 1e21, "small": 0.0000001, "zero": -0.0, "list": [2.50, {"x": 1.5e300}]}'`,
  },
  { name: 'an attribute that is null', on: 'MySQL', options: `ATTRIBUTE '{"n": null, "m": {"o": null}}'` },
  {
    name: 'every rule for passwords',
    on: 'MySQL',
    options: `REQUIRE SSL WITH MAX_USER_CONNECTIONS 50 PASSWORD EXPIRE NEVER PASSWORD HISTORY 3 PASSWORD REUSE INTERVAL 4 DAY PASSWORD REQUIRE CURRENT FAILED_LOGIN_ATTEMPTS 5 PASSWORD_LOCK_TIME 6 COMMENT 'all'`,
  },
  {
    name: 'the plugin sha256_password',
    on: 'MySQL',
    identified: 'IDENTIFIED WITH sha256_password BY',
  },
  {
    name: 'the plugin caching_sha2_password, named',
    on: 'MySQL',
    identified: 'IDENTIFIED WITH caching_sha2_password BY',
  },
  {
    name: 'a limit of time for statements, with decimals',
    on: 'MariaDB',
    options: 'WITH MAX_STATEMENT_TIME 0.1',
  },
  {
    name: 'a limit of time for statements, with more decimals than the server keeps',
    on: 'MariaDB',
    options: 'WITH MAX_STATEMENT_TIME 0.123456789 MAX_USER_CONNECTIONS 3',
  },
  {
    name: 'a limit of time for statements that is a large number',
    on: 'MariaDB',
    options: 'WITH MAX_STATEMENT_TIME 1e10',
  },
  { name: 'the plugin ed25519', on: 'MariaDB', identified: 'IDENTIFIED VIA ed25519 USING PASSWORD' },
  {
    name: 'the plugin mysql_native_password, named',
    on: 'MariaDB',
    identified: 'IDENTIFIED VIA mysql_native_password USING PASSWORD',
  },
];
