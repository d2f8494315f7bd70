import type { Login } from '../../lib/databases/engine';
import { literal, quote, quoteAt, type Fixture, type Product } from './shape';

/** @param prefix letters and digits, short: user names have 32 characters on MySQL */
export function fixtureOf(product: Product, prefix: string): Fixture {
  return {
    prefix,
    database: `${prefix}_db`,
    oddDatabase: `${prefix} TO \`it's\`."100%"_äé`,
    roles: [`${prefix}r1`, `${prefix}r2`, `${prefix}r3`],
    oddRole: product === 'MySQL' ? quoteAt(`${prefix} r'"\``, '10.0.%') : quote(`${prefix} r'"\``),
    proxied: `${prefix}p`,
    otherProxied: `${prefix}q`,
  };
}

/** The odd database's table and columns. */
export const ODD_TABLE = "t`a.b'%_ ON ü";
/** Without letters beyond ASCII: a server writes them wrongly into its table of rights on routines. */
export const ODD_ROUTINE = "p`a.b'%_ ON x";
export const ODD_COLUMN = "c`o,l) 'ß";

export function fixtureStatements(
  product: Product,
  { database, oddDatabase, roles, oddRole, proxied, otherProxied }: Fixture,
): string[] {
  const [db, odd] = [quote(database), quote(oddDatabase)];
  return [
    `CREATE DATABASE ${db}`,
    ...['t', 't2', 'weird'].map((table) => `CREATE TABLE ${db}.${table} (a INT, b INT, c INT)`),
    `CREATE PROCEDURE ${db}.p() SELECT 1`,
    `CREATE PROCEDURE ${db}.\`P 2\`() SELECT 1`,
    `CREATE FUNCTION ${db}.f() RETURNS INT DETERMINISTIC RETURN 1`,
    `CREATE DATABASE ${odd}`,
    `CREATE TABLE ${odd}.${quote(ODD_TABLE)} (${quote(ODD_COLUMN)} INT, a INT)`,
    `CREATE PROCEDURE ${db}.${quote(ODD_ROUTINE)}() SELECT 1`,
    `CREATE ROLE ${[...roles.map(quote), oddRole].join(', ')}`,
    ...[quoteAt(proxied, '%'), quoteAt(otherProxied, '10.%')].map(
      (user) => `CREATE USER ${user} IDENTIFIED BY 'Proxied-0123456789'`,
    ),
    ...(product === 'MariaDB' ? ["INSTALL PLUGIN IF NOT EXISTS ed25519 SONAME 'auth_ed25519'"] : []),
  ];
}

export function fixtureRemoval({
  database,
  oddDatabase,
  roles,
  oddRole,
  proxied,
  otherProxied,
}: Fixture): string[] {
  return [
    `DROP ROLE IF EXISTS ${[...roles.map(quote), oddRole].join(', ')}`,
    `DROP USER IF EXISTS ${quoteAt(proxied, '%')}, ${quoteAt(otherProxied, '10.%')}`,
    `DROP DATABASE IF EXISTS ${quote(database)}`,
    `DROP DATABASE IF EXISTS ${quote(oddDatabase)}`,
  ];
}

/** Every right except SUPER, with the right to pass it on. */
export function masterStatements(
  product: Product,
  { roles, oddRole }: Fixture,
  { username, password }: Login,
): string[] {
  const master = quoteAt(username, '%');
  return [
    `CREATE USER ${master} IDENTIFIED BY ${literal(password)}`,
    `GRANT ALL PRIVILEGES ON *.* TO ${master} WITH GRANT OPTION`,
    `REVOKE SUPER ON *.* FROM ${master}`,
    `GRANT PROXY ON ''@'' TO ${master} WITH GRANT OPTION`,
    // On MySQL ALL PRIVILEGES holds ROLE_ADMIN.
    ...(product === 'MariaDB'
      ? [...roles.map(quote), oddRole].map((role) => `GRANT ${role} TO ${master} WITH ADMIN OPTION`)
      : []),
  ];
}
