import * as fc from 'fast-check';
import { randomOptions } from './random-options';
import { quote, quoteAt, type Fixture, type Product } from './shape';

/**
 * Random accounts, as lists of statements about a user that is written `@USER`. A statement may be refused, for
 * example a REVOKE of what is not there: what matters is only what the server holds in the end.
 */
export interface RandomAccount {
  options: string;
  statements: string[];
  /** What happens to the standby between two rotations. */
  drift: string[];
  /** What happens to the user that was current, while it is the standby. */
  driftBack: string[];
}

export const USER = '@USER';

const GLOBAL = [
  'SELECT',
  'INSERT',
  'PROCESS',
  'RELOAD',
  'SHOW DATABASES',
  'CREATE USER',
  'LOCK TABLES',
  'EVENT',
];
const DYNAMIC = ['BACKUP_ADMIN', 'CONNECTION_ADMIN', 'XA_RECOVER_ADMIN', 'SHOW_ROUTINE', 'ROLE_ADMIN'];
const WORDS = ['BINLOG ADMIN', 'SLAVE MONITOR', 'SET USER', 'READ_ONLY ADMIN', 'DELETE HISTORY'];
const DATABASE = [
  'SELECT',
  'INSERT',
  'UPDATE',
  'EXECUTE',
  'CREATE VIEW',
  'EVENT',
  'TRIGGER',
  'ALL PRIVILEGES',
];
const TABLE = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'SHOW VIEW', 'INDEX', 'TRIGGER', 'ALL PRIVILEGES'];
const COLUMN = ['SELECT', 'INSERT', 'UPDATE', 'REFERENCES'];

type Statements = fc.Arbitrary<string[]>;

/** One or more of a pool, in the pool's order; ALL PRIVILEGES can only stand alone. */
function someOf(pool: readonly string[]): fc.Arbitrary<string> {
  return fc
    .subarray([...pool], { minLength: 1, maxLength: Math.min(4, pool.length) })
    .map((some) => (some.includes('ALL PRIVILEGES') ? 'ALL PRIVILEGES' : some.join(', ')));
}

const oneOf = <Item>(items: readonly Item[]): fc.Arbitrary<Item> => fc.constantFrom(...items);

const WITH_OPTION = fc.option(fc.constant(' WITH GRANT OPTION'), { nil: '' });

/** GRANT or, with `revokes`, sometimes REVOKE. */
function privileges(
  names: fc.Arbitrary<string>,
  object: fc.Arbitrary<string>,
  { revokes, option = WITH_OPTION }: { revokes: boolean; option?: fc.Arbitrary<string> },
): Statements {
  const verb = revokes ? oneOf(['GRANT', 'REVOKE'] as const) : fc.constant('GRANT' as const);
  return fc
    .tuple(verb, names, object, option)
    .map(([what, list, on, tail]) => [
      what === 'GRANT' ? `GRANT ${list} ON ${on} TO ${USER}${tail}` : `REVOKE ${list} ON ${on} FROM ${USER}`,
    ]);
}

function objects(fixture: Fixture) {
  const db = quote(fixture.database);
  const databases = [
    db,
    quote(fixture.database.replaceAll('_', String.raw`\_`)),
    quote(`${fixture.prefix}%`),
    quote(fixture.oddDatabase),
    quote(`${fixture.prefix}nowhere`),
    'test',
  ];
  return {
    databases: oneOf(databases.map((name) => `${name}.*`)),
    tables: oneOf(['t', 't2', 'weird'].map((name) => `${db}.${name}`)),
    routines: oneOf([`PROCEDURE ${db}.p`, `PROCEDURE ${db}.\`P 2\``, `FUNCTION ${db}.f`]),
  };
}

/** Replaced as a whole: to change an option in place leaves some servers with another one in memory than on disk. */
function roles(product: Product, fixture: Fixture): Statements {
  const names = [...fixture.roles.map(quote), fixture.oddRole];
  const toward = product === 'MySQL' ? 'TO' : 'FOR';
  const one = fc
    .tuple(oneOf(names), fc.boolean())
    .map(([role, admin]) => [
      `REVOKE ${role} FROM ${USER}`,
      `GRANT ${role} TO ${USER}${admin ? ' WITH ADMIN OPTION' : ''}`,
    ]);
  const defaults = oneOf(product === 'MySQL' ? [...names, 'ALL', 'NONE'] : [...names, 'NONE']).map((role) => [
    `SET DEFAULT ROLE ${role} ${toward} ${USER}`,
  ]);
  return fc.oneof(one, defaults);
}

function proxies({ proxied, otherProxied }: Fixture): Statements {
  const users = [quoteAt(proxied, '%'), quoteAt(otherProxied, '10.%')];
  return fc
    .tuple(oneOf(users), WITH_OPTION)
    .map(([on, tail]) => [`REVOKE PROXY ON ${on} FROM ${USER}`, `GRANT PROXY ON ${on} TO ${USER}${tail}`]);
}

function rights(product: Product, fixture: Fixture, revokes: boolean, isPartial: boolean): Statements {
  const { databases, tables, routines } = objects(fixture);
  const columns = fc
    .tuple(oneOf(COLUMN), fc.subarray(['a', 'b', 'c'], { minLength: 1 }))
    .map(([privilege, names]) => `${privilege} (${names.join(', ')})`);
  const everything = fc.constant('*.*');
  const none = fc.constant('');
  const mysql = [privileges(someOf(DYNAMIC), everything, { revokes })];
  const mariadb = [privileges(someOf(WORDS), everything, { revokes, option: none })];
  // With partial_revokes a REVOKE on a database restricts what is held on everything.
  const restricting = privileges(someOf(['SELECT', 'INSERT']), databases, { revokes: true, option: none });
  return fc.oneof(
    privileges(someOf(GLOBAL), everything, { revokes }),
    privileges(someOf(DATABASE), databases, { revokes }),
    privileges(someOf(TABLE), tables, { revokes }),
    privileges(columns, tables, { revokes }),
    privileges(oneOf(['EXECUTE', 'ALTER ROUTINE', 'EXECUTE, ALTER ROUTINE']), routines, { revokes }),
    privileges(fc.constant('USAGE'), fc.oneof(databases, tables, routines), { revokes: false }),
    roles(product, fixture),
    proxies(fixture),
    ...(product === 'MySQL' ? mysql : mariadb),
    ...(isPartial ? [restricting] : []),
  );
}

/** @param isPartial the server runs with partial_revokes=ON */
export function randomAccount(
  product: Product,
  fixture: Fixture,
  isPartial: boolean,
): fc.Arbitrary<RandomAccount> {
  const lists = (revokes: boolean, maxLength: number) =>
    fc.array(rights(product, fixture, revokes, isPartial), { maxLength }).map((groups) => groups.flat());
  const altered = fc.option(
    randomOptions(product).map((text) => (text === '' ? [] : [`ALTER USER ${USER} ${text}`])),
    { nil: [] as string[] },
  );
  const drift = fc.tuple(lists(true, 4), altered).map(([some, other]) => [...some, ...other]);
  return fc.record({ options: randomOptions(product), statements: lists(false, 8), drift, driftBack: drift });
}
